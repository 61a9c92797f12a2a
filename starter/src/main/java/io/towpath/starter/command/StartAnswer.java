package io.towpath.starter.command;

import io.towpath.starter.temporal.RunEnd;
import io.towpath.starter.temporal.RunFailure;
import io.towpath.workflows.plan.Plan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code start} answers, with the fields of interface.md section 2.
 *
 * @param started whether this call's run holds the claim
 * @param end how the run ended; empty while it goes on
 */
record StartAnswer(
    String kind,
    String workflowId,
    Optional<String> runId,
    String specDigest,
    int generation,
    boolean started,
    Optional<RunEnd> end) {

  Map<String, Object> asJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", kind);
    json.put("workflowId", workflowId);
    json.put("runId", runId);
    json.put("specDigest", specDigest);
    json.put("generation", generation);
    json.put("started", started);
    json.put("outcome", end.flatMap(RunEnd::outcome));
    json.put("report", end.flatMap(RunEnd::report));
    json.put("failure", end.flatMap(RunEnd::failure).map(RunFailure::asJson));
    return json;
  }

  /** The document of a dry run: the same fields, and what would be done. */
  static Map<String, Object> planned(Plan plan) {
    Map<String, Object> json = refused(plan.kind(), Map.of());
    json.put("workflowId", plan.workflowId());
    json.put("specDigest", plan.specDigest());
    json.put("failure", Optional.empty());
    json.put("dryRun", true);
    json.put("decision", plan.decision());
    json.put("preview", plan.preview());
    json.put("warnings", plan.warnings());
    json.put("notChecked", plan.notChecked());
    json.put("request", plan.request());
    return json;
  }

  /** The document when nothing was started. */
  static Map<String, Object> refused(String kind, Map<String, Object> failure) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", kind);
    for (String field : new String[] {"workflowId", "runId", "specDigest", "generation"}) {
      json.put(field, Optional.empty());
    }
    if (failure.get("details") instanceof Map<?, ?> details) {
      json.put("workflowId", Optional.ofNullable(details.get("workflowId")));
    }
    json.put("started", false);
    json.put("outcome", Optional.empty());
    json.put("report", Optional.empty());
    json.put("failure", failure);
    return json;
  }
}
