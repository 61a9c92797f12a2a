package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.image.Command;
import io.towpath.sandbox.image.ImageName;
import io.towpath.sandbox.image.LocalRun;
import io.towpath.sandbox.image.Output;
import io.towpath.sandbox.image.Puller;
import io.towpath.sandbox.image.RootFolder;
import io.towpath.sandbox.image.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Begins what is submitted: as a plan says, or as a process when the image lies in the sandbox's
 * registry, or else as a simulation of about a second.
 */
final class Courses implements AutoCloseable {
  private static final Duration WAITS = Duration.ofMillis(300);
  private static final Duration RUNS = Duration.ofMillis(700);

  /** A program and its files. */
  private record Launched(Run run, RootFolder root) {}

  private final AwsSettings settings;
  private final Plans plans;
  private final Queue<Launched> launched = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService later =
      Executors.newScheduledThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "sandbox-aws");
            thread.setDaemon(true);
            return thread;
          });

  Courses(AwsSettings settings, Plans plans) {
    this.settings = settings;
    this.plans = plans;
  }

  /** The plan that waits for this name, if one does. */
  Optional<List<Plans.Step>> plan(String platform, String name) {
    return plans.take(platform, name);
  }

  Course begin(Words words, Work work, Optional<List<Plans.Step>> plan) {
    if (plan.isPresent()) {
      plan.get().forEach(step -> log(step.detail(), work.output()));
      return new ScriptedCourse(plan.get(), words, settings.clock());
    }
    Optional<ImageName> own =
        ImageName.parse(work.image()).filter(settings.programs().puller()::reaches);
    return own.<Course>map(
            image ->
                new ProgramCourse(
                    words,
                    new ProgramCourse.Pace(settings.clock(), later, faster(WAITS)),
                    () -> launch(image, work)))
        .orElseGet(() -> simulated(words, work));
  }

  /** Stops a course that is not over after so long. */
  void limit(Course course, Duration most, String reason) {
    Future<?> unused =
        later.schedule(() -> course.stop(reason), most.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void log(JsonNode detail, Output output) {
    detail
        .path("failedTasks")
        .forEach(task -> output.add(Output.Channel.STDERR, task.path("log").asText("")));
  }

  private ScriptedCourse simulated(Words words, Work work) {
    work.output().add(Output.Channel.STDOUT, "simulated: " + String.join(" ", work.command()));
    List<Plans.Step> steps = new ArrayList<>();
    Duration each = faster(WAITS).dividedBy(words.before().size());
    words.before().forEach(status -> steps.add(step(status, each)));
    steps.add(step(words.running(), faster(RUNS)));
    steps.add(step(words.good(), Duration.ZERO));
    return new ScriptedCourse(steps, words, settings.clock());
  }

  private static Plans.Step step(String status, Duration lasts) {
    return new Plans.Step(status, lasts, MissingNode.getInstance());
  }

  private Duration faster(Duration duration) {
    return Duration.ofNanos((long) (duration.toNanos() / settings.times().speed()));
  }

  private Run launch(ImageName image, Work work) throws ProgramCourse.NotRun {
    try {
      Puller.Pulled pulled = settings.programs().puller().pull(image, Puller.architecture());
      RootFolder root =
          RootFolder.unpack(settings.programs().folder().resolve(work.id()), pulled.layers());
      Run run = LocalRun.start(command(work, pulled), root, work.output(), settings.clock());
      launched.add(new Launched(run, root));
      return run;
    } catch (Puller.NotPulled | Command.NoStart why) {
      String kind = why instanceof Puller.NotPulled ? "CannotPullContainerError: " : "";
      throw new ProgramCourse.NotRun(kind + why.getMessage());
    } catch (IOException e) {
      throw new ProgramCourse.NotRun("CannotCreateContainerError: " + e.getMessage());
    }
  }

  private Command command(Work work, Puller.Pulled pulled) throws ProgramCourse.NotRun {
    JsonNode image = pulled.config().path("config");
    List<String> argv = new ArrayList<>(work.entryPoint());
    boolean ownEntry = !argv.isEmpty();
    if (!ownEntry) {
      argv.addAll(Work.texts(image.path("Entrypoint")));
    }
    boolean imagesCommand = work.command().isEmpty() && !ownEntry;
    argv.addAll(imagesCommand ? Work.texts(image.path("Cmd")) : work.command());
    List<String> environment = new ArrayList<>(Work.texts(image.path("Env")));
    environment.addAll(work.environment());
    for (JsonNode secret : work.secrets()) {
      String from = secret.path("valueFrom").asText();
      String value = settings.secrets().get(from);
      if (value == null) {
        throw new ProgramCourse.NotRun(
            "ResourceInitializationError: unable to pull secrets or registry auth:"
                + " ResourceNotFoundException: can't find "
                + from);
      }
      environment.add(secret.path("name").asText() + "=" + value);
    }
    return new Command(argv, environment, image.path("WorkingDir").asText(""));
  }

  /** Ends every program and removes its files. */
  @Override
  public void close() throws IOException {
    later.shutdownNow();
    for (Launched program : launched) {
      program.run().kill();
      program.root().delete();
    }
  }
}
