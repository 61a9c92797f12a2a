package io.towpath.workflows.etl;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.workflow.CancellationScope;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.model.CanonicalJson;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.transfer.TransferActivities;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes the report to where results are filed or to S3, and to the ledger. */
final class RunReport {
  private final String type;
  private final ClaimedRun<?> run;

  RunReport(String type, ClaimedRun<?> run) {
    this.type = type;
    this.run = run;
  }

  Map<String, Object> write(EtlWork work, Ending ending) {
    CancellationScope.throwCanceled();
    run.stages().begin("report", "writing the report");
    Map<String, Object> report = body(work, ending);
    S3Uri where = run.work().resolve("report.json");
    Optional<String> filed = work.file(where, report, ending);
    if (filed.isEmpty()) {
      stub(TransferActivities.class, ActivityPolicy.quick(TaskQueues.S3, "store the report"))
          .writeDocument(run.claim(), where, CanonicalJson.write(report));
    }
    run.stages().done("report", filed.orElse(where.value()));
    report.put("timeline", run.stages().timeline());
    return stub(LedgerActivities.class, ActivityPolicy.quick(TaskQueues.S3, "record the result"))
        .recordResult(run.claim(), report);
  }

  private Map<String, Object> body(EtlWork work, Ending ending) {
    Map<String, Object> report = new TreeMap<>(work.describe());
    report.put("kind", type);
    report.put("workflowId", run.claim().businessKey());
    report.put("outcome", ending.outcome());
    report.put("specDigest", run.spec().digest().value());
    report.put("generation", run.claim().generation());
    report.put("dataset", run.spec().control().dataset().orElse(""));
    report.put("timeline", run.stages().timeline());
    List<Map<String, Object>> notices = run.notices().report();
    if (!notices.isEmpty()) {
      report.put("notices", notices);
    }
    if (ending.preliminary()) {
      report.put("preliminary", true);
    }
    ending
        .kind()
        .ifPresent(
            kind ->
                report.put(
                    "failure",
                    new TreeMap<>(Map.of("kind", kind.name(), "message", ending.why()))));
    return report;
  }
}
