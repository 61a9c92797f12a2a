package io.towpath.workflows.scan;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.ledger.Refusal;
import io.towpath.workflows.progress.Stages;
import io.towpath.workflows.synapse.ManifestSearch;
import io.towpath.workflows.synapse.ManifestSearch.FoundManifest;
import io.towpath.workflows.synapse.ManifestSearch.FoundManifests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks, checks, starts; the scan and its {@code plan} share it.
 *
 * <p>The limit on runs at a time counts the claims of this folder and recipe that have no result
 * and whose run Temporal shows as open, and runs that were started and have not claimed yet: ledger
 * and {@code describe} tell that, after any restart and without the visibility store. A run of
 * another namespace and a terminated one take no place. Two scans at the same moment each keep the
 * limit, but do not see what the other starts.
 */
final class ScanWork {
  private final ManifestScanRequest request;
  private final Stages stages;
  private final Duration patience;

  /**
   * The work of one scan.
   *
   * @param patience how long an unreachable platform is waited for
   */
  ScanWork(ManifestScanRequest request, Stages stages, Duration patience) {
    this.request = request;
    this.stages = stages;
    this.patience = patience;
  }

  ScanReport run() {
    stages.begin("list", "looking at " + request.folder().entity());
    FoundManifests found = found();
    stages.done(
        "list",
        found.listed()
            + " manifests, "
            + (found.unseen().size() + found.more())
            + " never seen, "
            + found.running()
            + " runs under way");
    ScanReport report = new ScanReport(request, found);
    List<FoundManifest> left = new ArrayList<>(found.unseen());
    while (!left.isEmpty() && report.running() < request.maxConcurrent() && !report.unanswered()) {
      int free = request.maxConcurrent() - report.running();
      List<FoundManifest> next = List.copyOf(left.subList(0, Math.min(free, left.size())));
      left.subList(0, next.size()).clear();
      perform(next, report);
    }
    stages.done("start", report.words());
    return report;
  }

  private FoundManifests found() {
    return stub(
            ManifestSearch.class,
            ActivityPolicy.preflight(TaskQueues.SYNAPSE, "look for manifests", patience))
        .findManifests(request.search());
  }

  private void perform(List<FoundManifest> manifests, ScanReport report) {
    stages.begin("check", "checking " + manifests.size() + " manifests");
    List<Check> checks = new Checks(request).of(manifests);
    List<FoundManifest> good = new ArrayList<>();
    for (Check check : checks) {
      switch (check.result()) {
        case GOOD -> good.add(check.manifest());
        case REFUSED -> report.refused(check, refuse(check));
        case UNCHECKED -> report.unchecked(check);
        case SEEN -> report.seen();
        case TEMPLATE -> throw atFault(check);
      }
      if (check.result() == Check.Result.GOOD && request.dryRun()) {
        report.wouldStart(check);
      }
    }
    stages.done("check", checks.size() + " checked, " + good.size() + " without problems");
    if (!request.dryRun()) {
      stages.begin("start", "starting " + good.size());
      new RoundTrips(request).start(good).forEach(report::started);
    }
  }

  /** Whether this scan is the one that says so. */
  private boolean refuse(Check check) {
    if (request.dryRun()) {
      return true;
    }
    return stub(LedgerActivities.class, ActivityPolicy.submit(TaskQueues.S3, "note a refusal"))
        .refuse(
            request.key(check.manifest()),
            new Refusal(
                String.join("\n", check.why()), Workflow.getInfo().getFirstExecutionRunId()));
  }

  /** Nothing is noted: the manifests are as good as they were once the template is mended. */
  private static ApplicationFailure atFault(Check check) {
    return ApplicationFailure.newNonRetryableFailure(
        "the template cannot be started, whatever the manifest:\ntemplate."
            + String.join("\ntemplate.", check.why())
            + "\nmend it; the next scan starts what this one did not",
        FailureKind.INPUT_REJECTED.name());
  }
}
