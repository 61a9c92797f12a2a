package io.towpath.workflows.progress;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a run stands: the answer of the {@code status} query.
 *
 * @param kind workflow type
 * @param workflowId the run's own id
 * @param businessKey the id under which the work is done; differs for a run under a foreign id
 * @param specDigest what it does; empty until the request is resolved
 * @param generation 0 until claimed
 * @param decided whether preflight and claim are over, however they ended
 * @param stage the stage that is under way, or the last one
 * @param stages all stages in order
 * @param attention {@code NEEDS_ATTENTION} while a person should look
 * @param attentionReason why, and which commands help
 * @param outcome outcome once it is known
 * @param paused whether an operator paused it
 * @param counts numbers by name, such as {@code files.staged}
 * @param connections the platforms that it uses, by connection: {@code seqera/default}
 */
public record StatusView(
    String kind,
    String workflowId,
    String businessKey,
    Optional<String> specDigest,
    int generation,
    boolean decided,
    String stage,
    List<StageView> stages,
    Optional<String> attention,
    Optional<String> attentionReason,
    Optional<String> outcome,
    boolean paused,
    Map<String, Long> counts,
    List<String> connections) {
  /** The word for a run that a person should look at. */
  public static final String NEEDS_ATTENTION = "NEEDS_ATTENTION";

  public StatusView {
    stages = stages == null ? List.of() : List.copyOf(stages);
    connections = connections == null ? List.of() : List.copyOf(connections);
    counts = counts == null ? Map.of() : new java.util.TreeMap<>(counts);
  }
}
