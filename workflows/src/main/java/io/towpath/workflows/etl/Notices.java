package io.towpath.workflows.etl;

import static io.towpath.workflows.progress.Operator.reason;
import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.notice.NoticeActivities;
import io.towpath.workflows.notice.NoticeActivities.Notice;
import io.towpath.workflows.notice.NoticeActivities.Sent;
import io.towpath.workflows.request.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Tells people of a run what they wait for. What cannot be told is reported, and fails nothing. */
public final class Notices {
  private static final Pattern FORM =
      Pattern.compile("synapse:[1-9]\\d{0,17}|webhook:[A-Za-z0-9][A-Za-z0-9_-]{0,39}");

  /** Nobody waits longer for a message to go out. */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final ClaimedRun<?> run;
  private final List<Sent> told = new ArrayList<>();
  private final Map<String, Promise<Void>> underWay = new TreeMap<>();
  private final List<CancellationScope> meanwhile = new ArrayList<>();

  Notices(ClaimedRun<?> run) {
    this.run = run;
  }

  static List<String> read(Fields fields) {
    List<String> notify =
        fields.texts(
            "notify",
            List.of(),
            "who is told of gates and of the end: synapse:<id of a user or team>, webhook:<name>");
    for (int i = 0; i < notify.size(); i++) {
      if (!FORM.matcher(notify.get(i)).matches()) {
        fields.problem(
            "notify[" + i + "]",
            "\""
                + notify.get(i)
                + "\" is neither synapse:<id of a user or team> nor webhook:<name of a connection"
                + " on the worker>");
      }
    }
    return notify.stream().distinct().toList();
  }

  /** Tells everybody whom the request names, once everything before is told. */
  public void tell(String event, String subject, String text) {
    underWay.values().forEach(Promise::get);
    send(event, subject, text);
  }

  /** Begins to tell everybody of something that goes on meanwhile, once. */
  public void tellMeanwhile(String event, String subject, String text) {
    CancellationScope scope =
        Workflow.newDetachedCancellationScope(
            () ->
                underWay.computeIfAbsent(
                    event, first -> Async.procedure(() -> send(event, subject, text))));
    meanwhile.add(scope);
    scope.run();
  }

  /** Tells nobody any more; what is just being sent is waited for. */
  void giveUp() {
    meanwhile.forEach(CancellationScope::cancel);
    UnderWay.awaitEnd(underWay.values());
  }

  private void send(String event, String subject, String text) {
    for (String to : run.spec().control().recipients()) {
      Notice notice =
          new Notice(run.claim(), run.spec().control().connection(), to, event, subject, text);
      try {
        told.add(notices(to).send(notice));
      } catch (ActivityFailure failure) {
        if (CancellationScope.current().isCancelRequested()) {
          throw failure;
        }
        told.add(new Sent(to, event, "not sent", reason(failure)));
      }
    }
  }

  private static NoticeActivities notices(String to) {
    String queue = to.startsWith("synapse:") ? TaskQueues.SYNAPSE : TaskQueues.WORKFLOWS;
    return stub(NoticeActivities.class, ActivityPolicy.notice(queue, "tell " + to, PATIENCE));
  }

  /** What was told, for the report. */
  List<Map<String, Object>> report() {
    List<Map<String, Object>> report = new ArrayList<>();
    for (Sent one : told) {
      Map<String, Object> line = new TreeMap<>();
      line.put("to", one.to());
      line.put("event", one.event());
      line.put("state", one.state());
      if (!one.why().isEmpty()) {
        line.put("why", one.why());
      }
      report.add(line);
    }
    return report;
  }
}
