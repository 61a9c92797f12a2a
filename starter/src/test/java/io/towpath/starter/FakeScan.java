package io.towpath.starter;

import io.temporal.workflow.Workflow;
import io.towpath.workflows.progress.StatusView;
import io.towpath.workflows.scan.ManifestScanWorkflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Starts one run, and says in its report which event it was given. */
public final class FakeScan implements ManifestScanWorkflow {
  @Override
  public Map<String, Object> run(Map<String, Object> request) {
    Map<String, Object> report = new TreeMap<>();
    report.put("outcome", "SUCCEEDED");
    report.put("started", List.of(Map.of("key", "round-trip/syn6.1/reads")));
    report.put("event", request.getOrDefault("event", Map.of()));
    return report;
  }

  @Override
  public StatusView status() {
    String self = Workflow.getInfo().getWorkflowId();
    return new StatusView(
        TYPE,
        self,
        self,
        Optional.empty(),
        0,
        true,
        "start",
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("SUCCEEDED"),
        false,
        Map.of(),
        List.of());
  }

  @Override
  public Map<String, Object> spec() {
    return Map.of();
  }
}
