package io.towpath.workflows.scan;

import static io.towpath.workflows.progress.Operator.kindOf;
import static io.towpath.workflows.progress.Operator.reason;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.RunSettings;
import io.towpath.workflows.etl.Problems;
import io.towpath.workflows.progress.Stages;
import io.towpath.workflows.progress.StatusView;
import io.towpath.workflows.request.Fields;
import io.towpath.workflows.request.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the request, does the {@link ScanWork}, reports. */
public final class ManifestScanWorkflowImpl implements ManifestScanWorkflow {
  private final Function<Map<String, Object>, RunSettings> settings;
  private final Function<Fields, String> template;
  private final Stages stages = new Stages(List.of("list", "check", "start"));
  private Optional<ManifestScanRequest> request = Optional.empty();
  private Optional<String> outcome = Optional.empty();

  /**
   * Made by the worker for each scan.
   *
   * @param settings what the worker's settings mean for a request; read once, then kept in history
   * @param template reads and judges a round trip's template, and returns its recipe
   */
  public ManifestScanWorkflowImpl(
      Function<Map<String, Object>, RunSettings> settings, Function<Fields, String> template) {
    this.settings = settings;
    this.template = template;
  }

  @Override
  public Map<String, Object> run(Map<String, Object> json) {
    RunSettings known = Workflow.sideEffect(RunSettings.class, () -> settings.apply(json));
    ManifestScanRequest asked = read(json, known);
    request = Optional.of(asked);
    if (known.searchAttributes()) {
      stages.searchable(TYPE, asked.dataset());
    }
    try {
      return ended(new ScanWork(asked, stages, ActivityPolicy.DEADLINE).run());
    } catch (TemporalFailure failure) {
      boolean cancelled = CancellationScope.current().isCancelRequested();
      stages.end(cancelled ? "cancelled" : "failed", reason(failure));
      over(cancelled ? "CANCELLED" : "FAILED", 1);
      throw cancelled
          ? failure
          : ApplicationFailure.newNonRetryableFailure(reason(failure), kindOf(failure).name());
    }
  }

  private Map<String, Object> ended(ScanReport report) {
    stages.end("skipped", "");
    stages.count("manifests.started", report.startedCount());
    stages.count("manifests.waiting", report.waiting());
    over(report.outcome(), report.warnings().size());
    return report.asMap(Workflow.getInfo().getWorkflowId());
  }

  private void over(String word, int failed) {
    outcome = Optional.of(word);
    stages.outcome(word, failed, List.of());
  }

  private ManifestScanRequest read(Map<String, Object> json, RunSettings known) {
    Reading reading = new Reading(known.exposed());
    ManifestScanRequest read =
        reading.read(json, fields -> ManifestScanRequest.read(fields, template));
    Problems.refuse(reading.problems());
    return read;
  }

  @Override
  public StatusView status() {
    String self = Workflow.getInfo().getWorkflowId();
    return new StatusView(
        TYPE,
        self,
        self,
        request.map(asked -> asked.digest().value()),
        0,
        outcome.isPresent(),
        stages.current(),
        stages.views(),
        Optional.empty(),
        Optional.empty(),
        outcome,
        false,
        stages.counts(),
        List.of());
  }

  @Override
  public Map<String, Object> spec() {
    return request.map(ManifestScanRequest::effect).orElseGet(Map::of);
  }
}
