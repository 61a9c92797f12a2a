package io.towpath.sandbox.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.control.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A run that goes as a plan says, without any work behind it. */
public final class ScriptedExecution implements Execution {
  private static final Duration CANCEL_TAKES = Duration.ofMillis(200);

  private static final Progress.Meaning MEANING =
      new Progress.Meaning() {
        @Override
        public boolean starts(String status) {
          return !Set.of("SUBMITTED", "FAILED", "CANCELLED").contains(status);
        }

        @Override
        public boolean ends(String status) {
          return ScriptedExecution.ends(status);
        }
      };

  private final List<Plans.Step> steps;
  private final InstantSource clock;
  private final Instant begun;
  private final String workDir;
  private Optional<Instant> cancelled = Optional.empty();

  public ScriptedExecution(List<Plans.Step> steps, InstantSource clock, String workDir) {
    this.steps = List.copyOf(steps);
    this.clock = clock;
    this.begun = clock.instant();
    this.workDir = workDir;
  }

  @Override
  public synchronized RunState look() {
    Instant now = clock.instant();
    boolean stopped = cancelled.filter(at -> !now.isBefore(at)).isPresent();
    return stateAt(stopped ? cancelled.orElse(now) : now, stopped);
  }

  @Override
  public synchronized void cancel() {
    if (cancelled.isEmpty() && !look().ended()) {
      cancelled = Optional.of(clock.instant().plus(CANCEL_TAKES));
    }
  }

  @Override
  public String headLog() {
    return String.join("\n", look().log());
  }

  private RunState stateAt(Instant now, boolean stopped) {
    Progress progress = Progress.at(now, begun, steps, MEANING);
    Plans.Step current = progress.step();
    Instant from = progress.since();
    Optional<Instant> start = progress.started();
    if (stopped && !ends(current.status())) {
      return new RunState(
          "CANCELLED", start, Optional.of(now), RunState.Outcome.NONE, List.of(), log(current));
    }
    return new RunState(
        current.status(),
        start,
        completion(current, from, now),
        outcome(current),
        tasks(current.detail(), start.orElse(from), from),
        log(current));
  }

  /** A last UNKNOWN with a duration is a zombie: after it the platform sets the completion time. */
  private Optional<Instant> completion(Plans.Step step, Instant from, Instant now) {
    if (ends(step.status())) {
      return Optional.of(from);
    }
    boolean last = step.equals(steps.get(steps.size() - 1));
    boolean zombie = last && step.status().equals("UNKNOWN") && !step.lasts().isZero();
    Instant given = from.plus(step.lasts());
    return zombie && !now.isBefore(given) ? Optional.of(given) : Optional.empty();
  }

  private static RunState.Outcome outcome(Plans.Step step) {
    JsonNode detail = step.detail();
    Optional<String> message = text(detail.path("errorMessage"));
    Optional<Integer> exit =
        detail.path("exitStatus").isInt()
            ? Optional.of(detail.path("exitStatus").asInt())
            : Optional.empty();
    if (exit.isEmpty() && ends(step.status()) && !step.status().equals("CANCELLED")) {
      exit = Optional.of(step.status().equals("SUCCEEDED") ? 0 : 1);
    }
    Optional<String> report = message.map(words -> "ERROR ~ " + words + "\n\n" + taskLogs(detail));
    return new RunState.Outcome(exit, message, report.map(String::strip));
  }

  private static String taskLogs(JsonNode detail) {
    StringBuilder logs = new StringBuilder();
    for (JsonNode task : detail.path("failedTasks")) {
      logs.append("Process `").append(task.path("name").asText(task.path("process").asText("?")));
      logs.append("` terminated with exit status ").append(task.path("exit").asInt(1)).append('\n');
      logs.append(task.path("log").asText("")).append('\n');
    }
    return logs.toString();
  }

  private List<TaskRecord> tasks(JsonNode detail, Instant start, Instant failed) {
    List<TaskRecord> tasks = new ArrayList<>();
    for (JsonNode told : detail.path("failedTasks")) {
      int id = tasks.size() + 1;
      String name = told.path("name").asText("TASK");
      String process = told.path("process").asText(name.replaceFirst(" \\(.*\\)$", ""));
      String tag =
          told.has("tag")
              ? told.path("tag").asText()
              : name.contains("(") ? name.replaceFirst("^.*\\((.*)\\)$", "$1") : "";
      String hash = Hashes.task(begun.toString(), process, tag + id);
      tasks.add(
          new TaskRecord(
              id,
              process,
              tag,
              "FAILED",
              Optional.of(told.path("exit").asInt(1)),
              TaskRecord.Times.of(start, start, failed),
              new TaskRecord.Place(
                  Hashes.brief(hash),
                  "scripted-" + id,
                  workDir + "/" + Hashes.folder(hash),
                  "# scripted by a plan",
                  told.path("log").asText("")),
              TaskRecord.Usage.small(Duration.between(start, failed).toMillis())));
    }
    return tasks;
  }

  private static List<String> log(Plans.Step step) {
    List<String> lines = new ArrayList<>();
    lines.add("N E X T F L O W  (scripted by a plan)");
    outcome(step).errorReport().ifPresent(report -> lines.addAll(report.lines().toList()));
    return lines;
  }

  private static boolean ends(String status) {
    return switch (status) {
      case "SUCCEEDED", "FAILED", "CANCELLED" -> true;
      default -> false;
    };
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
  }
}
