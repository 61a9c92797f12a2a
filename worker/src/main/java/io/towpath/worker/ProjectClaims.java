package io.towpath.worker;

import io.towpath.activities.ledger.LedgerSurvey;
import io.towpath.activities.sevenbridges.OpenClaims;
import io.towpath.activities.sevenbridges.TaskKeys;
import io.towpath.workflows.WorkflowIds;
import io.towpath.workflows.cavatica.ClaimedTasks;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import java.util.HashSet;
import java.util.Set;

/** Tells the Seven Bridges adapter what the ledger knows, as it knows no ledger. */
record ProjectClaims(LedgerSurvey ledger, TaskKeys tasks) implements OpenClaims {
  @Override
  public Set<RunKey> namedByOthers(Claim claim, String project, Set<RunKey> keys) {
    Set<RunKey> named = new HashSet<>();
    ledger
        .openOutcomes(WorkflowIds.CAVATICA_DRS + "/" + project, ClaimedTasks.STEP)
        .forEach(
            (key, outcome) -> {
              if (!key.equals(claim.businessKey())) {
                ClaimedTasks.read(outcome)
                    .ifPresent(
                        other ->
                            named.addAll(
                                tasks.among(keys, other.scope(), other.app(), other.inputs())));
              }
            });
    return named;
  }
}
