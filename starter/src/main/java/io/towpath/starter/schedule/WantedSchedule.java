package io.towpath.starter.schedule;

import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.SchedulePolicy;
import io.towpath.starter.exit.Stop;
import io.towpath.starter.kind.Kind;
import io.towpath.starter.kind.Kinds;
import io.towpath.starter.request.Literals;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.request.Fields;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One schedule as a file wants it.
 *
 * @param id of the schedule at the server
 * @param kind the ETL that it starts
 * @param cadence when it fires
 * @param overlap what happens when it fires while the run before still runs
 * @param catchUpWindow how late a firing that the server missed is made up for
 * @param pauseOnFailure whether a failed run pauses it
 * @param paused whether it is made paused; a schedule that is there keeps its state
 * @param note for people
 * @param request what it starts
 */
record WantedSchedule(
    String id,
    String kind,
    Cadence cadence,
    Overlap overlap,
    Duration catchUpWindow,
    boolean pauseOnFailure,
    boolean paused,
    String note,
    Map<String, Object> request) {
  private static final Duration CATCH_UP = Duration.ofMinutes(10);

  /** The words of {@code overlap}. */
  enum Overlap {
    skip(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP),
    bufferOne(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ONE),
    bufferAll(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL),
    allowAll(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL),
    cancelOther(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_CANCEL_OTHER);

    private final ScheduleOverlapPolicy policy;

    Overlap(ScheduleOverlapPolicy policy) {
      this.policy = policy;
    }
  }

  WantedSchedule {
    request = new LinkedHashMap<>(request);
  }

  static WantedSchedule read(Fields fields) {
    String id = fields.path().substring(fields.path().indexOf('.') + 1);
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      fields.problem("", "a schedule's name is of letters, digits, dot, dash and underscore");
    }
    String kind = fields.text("kind", "the ETL that it starts, such as manifest-scan");
    Cadence cadence = Cadence.read(fields);
    Overlap overlap =
        Overlap.valueOf(
            fields.choice(
                "overlap",
                List.of("skip", "bufferOne", "bufferAll", "allowAll", "cancelOther"),
                "when it fires while the run before still runs"));
    Duration catchUp =
        fields
            .optionalDuration("catchUpWindow", "how late a missed firing is made up for; PT10M")
            .orElse(CATCH_UP);
    if (catchUp.compareTo(Duration.ofSeconds(10)) < 0) {
      fields.problem("catchUpWindow", catchUp + " is shorter than PT10S, the server's least");
    }
    return new WantedSchedule(
        id,
        kind,
        cadence,
        overlap,
        catchUp,
        fields.flag("pauseOnFailure", false, "a failed run pauses it"),
        fields.flag("paused", false, "made paused; later only people pause and resume it"),
        fields.text("note", "", "for people"),
        request(fields, kind));
  }

  /** The request, judged by the rules of its ETL. */
  private static Map<String, Object> request(Fields fields, String kindName) {
    Map<String, Object> given = fields.free("request", "the request of the ETL");
    if (kindName.isEmpty()) {
      return given;
    }
    Kind kind;
    try {
      kind = Kinds.named(kindName);
    } catch (Stop unknown) {
      fields.problem("kind", unknown.text());
      return given;
    }
    Map<String, Object> kept = new Literals(kind.fields()).kept(given);
    for (Problem problem : kind.problems(kept)) {
      String place = problem.place();
      fields.problem(place.isEmpty() ? "request" : "request." + place, problem.text());
    }
    return kept;
  }

  /** All of it, as a file with every default spelled out would say it. */
  Map<String, Object> written() {
    Map<String, Object> written = new TreeMap<>(cadence.written());
    written.put("kind", kind);
    written.put("overlap", overlap.name());
    written.put("catchUpWindow", catchUpWindow.toString());
    written.put("pauseOnFailure", pauseOnFailure);
    if (!note.isEmpty()) {
      written.put("note", note);
    }
    written.put("request", request);
    return written;
  }

  SchedulePolicy policy() {
    return SchedulePolicy.newBuilder()
        .setOverlap(overlap.policy)
        .setCatchupWindow(catchUpWindow)
        .setPauseOnFailure(pauseOnFailure)
        .build();
  }

  /**
   * Starts the request under an id of the schedule's own, which attaches to the business id.
   *
   * @param mark whose it is, and what it was made from
   */
  ScheduleActionStartWorkflow action(ScheduleMark mark) {
    return ScheduleActionStartWorkflow.newBuilder()
        .setWorkflowType(kind)
        .setArguments(request)
        .setOptions(
            WorkflowOptions.newBuilder()
                .setWorkflowId("scheduled/" + id)
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .setMemo(mark.memo())
                .setStaticSummary("by schedule " + id)
                .setStaticDetails(note.isEmpty() ? id : note)
                .build())
        .build();
  }
}
