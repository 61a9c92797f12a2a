package io.towpath.sandbox.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.image.Command;
import io.towpath.sandbox.image.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A container's life: start, stop, kill, wait. */
final class LifeRoutes {
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration KILL_TAKES = Duration.ofSeconds(5);
  private static final Set<String> CONDITIONS = Set.of("not-running", "next-exit", "removed");

  private final Containers containers;
  private final Plans plans;

  LifeRoutes(Containers containers, Plans plans) {
    this.containers = containers;
    this.plans = plans;
  }

  List<Route> routes() {
    return List.of(
        Route.mutating("POST", "/containers/{id}/start", this::start),
        Route.mutating("POST", "/containers/{id}/stop", this::stop),
        Route.mutating("POST", "/containers/{id}/kill", this::kill),
        Route.reading("POST", "/containers/{id}/wait", this::waitFor));
  }

  private Reply start(Call call) throws IOException {
    Container container = containers.get(call.variable("id"));
    synchronized (container) {
      if (container.state().isAlive()) {
        return Reply.empty(304);
      }
      Optional<List<Plans.Step>> plan = plans.take("container", container.name());
      try {
        container.start(plan);
      } catch (Command.NoStart why) {
        return Refusals.reply(400, String.valueOf(why.getMessage()));
      }
    }
    if (container.body().at("/HostConfig/AutoRemove").asBoolean()) {
      removeAtEnd(container);
    }
    return changed(container);
  }

  private void removeAtEnd(Container container) {
    Thread thread =
        new Thread(
            () -> {
              try {
                await(() -> !container.state().isAlive(), Duration.ofDays(1));
                containers.remove(container);
              } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "container-auto-remove");
    thread.setDaemon(true);
    thread.start();
  }

  private Reply stop(Call call) throws InterruptedException {
    Container container = containers.get(call.variable("id"));
    if (!container.state().isAlive()) {
      return Reply.empty(304);
    }
    Duration grace =
        call.query("t")
            .filter(t -> t.matches("-?\\d{1,6}"))
            .map(t -> Duration.ofSeconds(Long.parseLong(t)))
            .map(t -> t.isNegative() ? Duration.ofDays(1) : t)
            .orElse(GRACE);
    container.signal(Run.TERMINATE);
    if (!await(() -> !container.state().isAlive(), grace)) {
      container.signal(Run.KILL);
      await(() -> !container.state().isAlive(), KILL_TAKES);
    }
    return changed(container);
  }

  private Reply kill(Call call) throws InterruptedException {
    Container container = containers.get(call.variable("id"));
    int signal = Signals.number(call.query("signal").orElse("KILL"));
    if (!ContainerJson.isRunning(container.state())) {
      throw Refusals.conflict(
          "Cannot kill container: %s: Container %s is not running"
              .formatted(call.variable("id"), container.id()));
    }
    container.signal(signal);
    if (signal == Run.KILL) {
      await(() -> !container.state().isAlive(), KILL_TAKES);
    }
    return changed(container);
  }

  private static Reply changed(Container container) {
    return Reply.empty(204).changed("container", container.id(), container.name());
  }

  /** The head of the answer is sent at once, its body at the end. */
  private Reply waitFor(Call call) {
    Container container = containers.get(call.variable("id"));
    String condition =
        call.query("condition").filter(given -> !given.isEmpty()).orElse("not-running");
    if (!CONDITIONS.contains(condition)) {
      throw Refusals.bad("invalid condition: \"" + condition + "\"");
    }
    int endsBefore = container.ends();
    BooleanSupplier done =
        switch (condition) {
          case "next-exit" -> () -> container.ends() > endsBefore || container.isRemoved();
          case "removed" -> container::isRemoved;
          default -> () -> !container.state().isAlive();
        };
    return Reply.stream(
        200,
        "application/json",
        new LaterStream(
            () -> {
              await(done, Duration.ofDays(1));
              ObjectNode answer = JsonNodeFactory.instance.objectNode();
              answer.put("StatusCode", container.state().exit().orElse(0)).putNull("Error");
              return Optional.of((answer + "\n").getBytes(StandardCharsets.UTF_8));
            },
            true),
        -1);
  }

  static boolean await(BooleanSupplier done, Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
    }
    return true;
  }
}
