package io.towpath.workflows.plan;

import io.towpath.workflows.ledger.ClaimDecision;
import io.towpath.workflows.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request would do.
 *
 * @param kind which ETL
 * @param workflowId business key; empty when the request could not be resolved
 * @param specDigest digest of the resolved request; empty likewise
 * @param request the request with moving references pinned, to start the run with
 * @param resolved the resolved request behind the digest
 * @param decision what the ledger says
 * @param problems everything that stands in the way
 * @param warnings what does not, but should be known
 * @param notChecked rights that only writing would prove
 * @param preview stage name to one line of what it would do, in order
 */
public record Plan(
    String kind,
    Optional<String> workflowId,
    Optional<String> specDigest,
    Map<String, Object> request,
    Map<String, Object> resolved,
    Optional<ClaimDecision> decision,
    List<Problem> problems,
    List<String> warnings,
    List<String> notChecked,
    List<Preview> preview) {

  /** One stage and what it would do. */
  public record Preview(String stage, String text) {}

  public Plan {
    problems = problems == null ? List.of() : List.copyOf(problems);
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
    notChecked = notChecked == null ? List.of() : List.copyOf(notChecked);
    preview = preview == null ? List.of() : List.copyOf(preview);
  }
}
