package io.towpath.workflows.scan;

import static io.towpath.workflows.progress.Operator.kindOf;
import static io.towpath.workflows.progress.Operator.reason;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalFailure;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.plan.Plan;
import io.towpath.workflows.plan.Plan.Preview;
import io.towpath.workflows.progress.Stages;
import io.towpath.workflows.request.Fields;
import io.towpath.workflows.request.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** What a scan would start now, found out without starting or writing anything. */
public final class ManifestScanPlan {
  /** How long a person waits for a platform that does not answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private ManifestScanPlan() {}

  /**
   * Plans a scan.
   *
   * @param exposed where the request holds a credential of the worker
   * @param template reads and judges a round trip's template, and returns its recipe
   */
  public static Plan of(
      Map<String, Object> json, List<Problem> exposed, Function<Fields, String> template) {
    Reading reading = new Reading(exposed);
    Map<String, Object> dry = new TreeMap<>(json);
    dry.put("dryRun", true);
    ManifestScanRequest request =
        reading.read(dry, fields -> ManifestScanRequest.read(fields, template));
    if (!reading.problems().isEmpty()) {
      return plan(json, Optional.empty(), reading.problems(), List.of(), List.of());
    }
    Stages stages = new Stages(List.of("list", "check", "start"));
    try {
      ScanReport report = new ScanWork(request, stages, PATIENCE).run();
      return plan(json, Optional.of(request), List.of(), warnings(report), preview(report, stages));
    } catch (TemporalFailure failure) {
      FailureKind kind = kindOf(failure);
      if (kind != FailureKind.INPUT_REJECTED && kind != FailureKind.ACCESS_DENIED) {
        throw failure;
      }
      Problem problem =
          new Problem(failure instanceof ActivityFailure ? "folder" : "template", reason(failure));
      return plan(json, Optional.of(request), List.of(problem), List.of(), List.of());
    }
  }

  private static List<Preview> preview(ScanReport report, Stages stages) {
    List<Preview> preview = new ArrayList<>();
    stages.views().stream()
        .filter(stage -> !stage.name().equals("check") && stage.state().equals("done"))
        .forEach(stage -> preview.add(new Preview(stage.name(), stage.text())));
    report
        .wouldStart()
        .forEach(run -> preview.add(new Preview("start", run.get("key") + ", " + run.get("name"))));
    return preview;
  }

  private static List<String> warnings(ScanReport report) {
    return report.warnings().stream()
        .map(line -> line.get("manifest") + " (" + line.get("name") + "): " + line.get("message"))
        .toList();
  }

  private static Plan plan(
      Map<String, Object> json,
      Optional<ManifestScanRequest> request,
      List<Problem> problems,
      List<String> warnings,
      List<Preview> preview) {
    return new Plan(
        ManifestScanWorkflow.TYPE,
        request.map(ManifestScanRequest::workflowId),
        request.map(asked -> asked.digest().value()),
        json,
        request.map(ManifestScanRequest::effect).orElseGet(Map::of),
        Optional.empty(),
        problems,
        warnings,
        List.of(),
        preview);
  }
}
