package io.towpath.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.image.Command;
import io.towpath.sandbox.image.LocalRun;
import io.towpath.sandbox.image.Output;
import io.towpath.sandbox.image.RootFolder;
import io.towpath.sandbox.image.Run;
import io.towpath.sandbox.image.RunState;
import io.towpath.sandbox.image.ScriptedRun;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One container, which may be started several times. */
final class Container {
  /**
   * What a container is made from.
   *
   * @param body the request that created it
   * @param visible when listings begin to show it
   */
  record Make(String id, String name, Image image, ObjectNode body, Instant visible) {}

  private final Make make;
  private final Instant created;
  private final InstantSource clock;
  final RootFolder root;
  final Output output;
  private Optional<Run> run = Optional.empty();
  private RunState before = RunState.NEW;
  private int starts;
  private boolean removed;

  Container(Make make, RootFolder root, InstantSource clock) {
    this.make = make;
    this.root = root;
    this.clock = clock;
    this.created = clock.instant();
    this.output = new Output(clock);
  }

  String id() {
    return make.id();
  }

  String name() {
    return make.name();
  }

  Image image() {
    return make.image();
  }

  ObjectNode body() {
    return make.body();
  }

  Instant created() {
    return created;
  }

  boolean isVisible() {
    return !clock.instant().isBefore(make.visible());
  }

  synchronized RunState state() {
    return run.map(Run::look).orElse(before);
  }

  /**
   * Runs the program, again when it has run before.
   *
   * @param plan how it goes on in place of a process
   * @return false when it runs already
   */
  synchronized boolean start(Optional<List<Plans.Step>> plan) throws Command.NoStart, IOException {
    if (state().isAlive()) {
      return false;
    }
    if (plan.isPresent()) {
      run = Optional.of(new ScriptedRun(plan.get(), clock, output));
    } else {
      run = Optional.of(process());
    }
    starts++;
    return true;
  }

  private Run process() throws Command.NoStart, IOException {
    try {
      return LocalRun.start(command(), root, output, clock);
    } catch (Command.NoStart why) {
      before =
          new RunState(
              state().status(),
              state().started(),
              state().finished(),
              Optional.of(why.exitCode()),
              String.valueOf(why.getMessage()),
              0);
      run = Optional.empty();
      throw why;
    }
  }

  synchronized void signal(int number) {
    run.ifPresent(running -> running.signal(number));
  }

  /** How many runs have ended. */
  synchronized int ends() {
    return state().isAlive() ? starts - 1 : starts;
  }

  synchronized boolean isRemoved() {
    return removed;
  }

  /** Ends what still runs and removes the files. */
  synchronized void remove() throws IOException {
    run.ifPresent(Run::kill);
    removed = true;
    root.delete();
  }

  /** Entrypoint and arguments, in which an entrypoint of one's own drops the image's arguments. */
  List<String> argv() {
    return argv(body(), image().settings());
  }

  static List<String> argv(JsonNode body, JsonNode image) {
    List<String> entrypoint = texts(body.path("Entrypoint"));
    List<String> arguments = texts(body.path("Cmd"));
    if (arguments.isEmpty() && entrypoint.isEmpty()) {
      arguments = texts(image.path("Cmd"));
    }
    List<String> argv =
        new ArrayList<>(entrypoint.isEmpty() ? texts(image.path("Entrypoint")) : entrypoint);
    argv.addAll(arguments);
    return argv;
  }

  List<String> environment() {
    List<String> environment = new ArrayList<>();
    environment.add("HOSTNAME=" + hostname());
    environment.addAll(texts(image().settings().path("Env")));
    environment.addAll(texts(body().path("Env")));
    return environment;
  }

  String hostname() {
    String given = body().path("Hostname").asText("");
    return given.isEmpty() ? id().substring(0, 12) : given;
  }

  String workingFolder() {
    String own = body().path("WorkingDir").asText("");
    return own.isEmpty() ? image().settings().path("WorkingDir").asText("") : own;
  }

  private Command command() {
    return new Command(argv(), environment(), workingFolder());
  }

  /** A list of texts; a single text is a list of one, as for Cmd and Entrypoint. */
  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    if (list.isTextual() && !list.asText().isEmpty()) {
      texts.add(list.asText());
    }
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
