package io.towpath.activities.ledger;

import java.util.Map;
import java.util.TreeMap;

/**
 * Who holds a claim.
 *
 * @param namespace UUID of the Temporal namespace: names repeat, UUIDs do not
 * @param workflowId the holder's workflow id
 * @param firstRunId first execution run id: it survives reset and continue-as-new
 */
record Holder(String namespace, String workflowId, String firstRunId) {
  Map<String, Object> asMap() {
    Map<String, Object> map = new TreeMap<>();
    map.put("namespace", namespace);
    map.put("workflowId", workflowId);
    map.put("firstRunId", firstRunId);
    return map;
  }
}
