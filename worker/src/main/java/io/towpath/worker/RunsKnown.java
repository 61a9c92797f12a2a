package io.towpath.worker;

import io.temporal.client.WorkflowClient;
import io.towpath.activities.holder.HolderActivitiesImpl;
import io.towpath.activities.ledger.LedgerSurvey;
import io.towpath.activities.synapse.KnownRuns;
import io.towpath.workflows.ledger.KeyState;
import java.util.Map;
import java.util.Set;

/** Tells the search for manifests what ledger and Temporal know, as it knows neither. */
record RunsKnown(LedgerSurvey ledger, WorkflowClient temporal) implements KnownRuns {
  @Override
  public Map<String, KeyState> states(Set<String> entities, String recipe, Runnable heartbeat) {
    return ledger.roundTrips(entities, recipe, heartbeat);
  }

  @Override
  public boolean underWay(String businessKey) {
    return HolderActivitiesImpl.runs(temporal, businessKey);
  }
}
