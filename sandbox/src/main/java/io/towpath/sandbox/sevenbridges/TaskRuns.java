package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.control.Plans;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How started tasks go on: by a plan where one waits, else by the engine. */
final class TaskRuns {
  private static final long CREATING_MS = 50;
  private static final long QUEUED_MS = 150;
  private static final long ABORTING_MS = 200;
  private static final double PRICE = 0.12;
  private static final double SPOT_PRICE = 0.05;

  private final Realm realm;
  private final TaskEngine engine;
  private final TaskOutputs outputs;
  private final Set<String> computed = new HashSet<>();

  TaskRuns(Realm realm, TaskEngine engine) {
    this.realm = realm;
    this.engine = engine;
    this.outputs = new TaskOutputs(realm);
  }

  /** Starts a draft that has no errors, or all parts of a batch. */
  void start(Task task, Instant now) {
    if (task.batch.isPresent()) {
      task.submitted = Optional.of(now);
      realm.tasks.children(task).forEach(part -> start(part, now));
      return;
    }
    task.submitted = Optional.of(now);
    task.status = "CREATING";
    Optional<List<Plans.Step>> plan =
        realm.plans.take("sevenbridges", task.name, status -> !status.equals("PENDING"));
    if (plan.isPresent()) {
      scripted(task, plan.get(), now);
      return;
    }
    Instant queued = now.plus(realm.faster(CREATING_MS));
    Instant runs = queued.plus(realm.faster(QUEUED_MS));
    step(task, queued, "QUEUED");
    realm.agenda.at(runs, due -> run(task, due));
    realm.wakeAfter(CREATING_MS + QUEUED_MS);
  }

  /** A task that was aborted in the meantime stays so. */
  private static boolean goesOn(Task task) {
    return !task.hasEnded() && !task.status.equals("ABORTING");
  }

  private void step(Task task, Instant at, String status) {
    realm.agenda.at(
        at,
        due -> {
          if (goesOn(task)) {
            enter(task, status, due);
          }
        });
  }

  private static void enter(Task task, String status, Instant due) {
    task.status = status;
    if (!status.equals("CREATING") && !status.equals("QUEUED") && task.running.isEmpty()) {
      task.running = Optional.of(due);
    }
  }

  private void run(Task task, Instant due) {
    if (!goesOn(task)) {
      return;
    }
    enter(task, "RUNNING", due);
    task.memoized = task.memoizes() && computed.contains(task.work());
    engine.run(
        task,
        due,
        new TaskEngine.Ending() {
          @Override
          public void completed(Instant at, TaskEngine.Results results) {
            complete(task, at, results);
          }

          @Override
          public void failed(Instant at, String message) {
            fail(task, at, message);
          }
        });
  }

  private void complete(Task task, Instant due, TaskEngine.Results results) {
    if (goesOn(task)) {
      try {
        task.outputs = outputs.write(task, results, due);
      } catch (Refused refused) {
        fail(task, due, "Outputs cannot be written: " + refused.getMessage());
        return;
      }
      computed.add(task.work());
      end(task, "COMPLETED", due);
    }
  }

  private static void fail(Task task, Instant due, String message) {
    if (goesOn(task)) {
      task.message = message;
      end(task, "FAILED", due);
    }
  }

  private static void end(Task task, String status, Instant due) {
    task.status = status;
    task.ended = Optional.of(due);
    double paid = task.interruptible ? SPOT_PRICE : PRICE;
    task.price = Optional.of(task.memoized || task.running.isEmpty() ? 0.0 : paid);
  }

  /** The steps of a plan, without outputs; the last one stays. */
  private void scripted(Task task, List<Plans.Step> steps, Instant now) {
    Instant at = now;
    for (Plans.Step step : steps) {
      realm.agenda.at(at, due -> scriptedStep(task, step, due));
      at = at.plus(step.lasts());
    }
    realm.agenda.catchUp(now);
    realm.wakeAfter(Duration.between(now, at));
  }

  private static void scriptedStep(Task task, Plans.Step step, Instant due) {
    if (!goesOn(task)) {
      return;
    }
    enter(task, step.status(), due);
    task.message = step.detail().path("errorMessage").asText("");
    for (var failed : step.detail().path("failedTasks")) {
      ObjectNode job = task.failedJobs.addObject();
      job.put("name", failed.path("name").asText(failed.path("process").asText("job")));
      job.put("status", "FAILED").put("command_line", failed.path("log").asText(""));
      job.put("exit_code", failed.path("exit").asInt(1));
    }
    if (task.hasEnded()) {
      end(task, task.status, due);
    }
  }

  /** Aborts what runs; a moment later it is aborted. */
  void abort(Task task, Instant now) {
    if (task.batch.isPresent()) {
      realm.tasks.children(task).stream()
          .filter(Task::isAbortable)
          .forEach(part -> abort(part, now));
      return;
    }
    task.status = "ABORTING";
    realm.agenda.at(
        now.plus(realm.faster(ABORTING_MS)),
        due -> {
          engine.stop(task);
          end(task, "ABORTED", due);
        });
    realm.wakeAfter(ABORTING_MS);
  }
}
