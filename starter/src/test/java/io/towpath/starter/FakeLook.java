package io.towpath.starter;

import io.towpath.workflows.ledger.LedgerView;
import io.towpath.workflows.plan.LookWorkflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A ledger that remembers keys ending in a known word, and nothing else. */
public final class FakeLook implements LookWorkflow {
  @Override
  public LedgerView look(String businessKey) {
    if (businessKey.endsWith("/remembered") || businessKey.endsWith("/done")) {
      return view(businessKey, "SUCCEEDED");
    }
    if (businessKey.endsWith("/fails")) {
      return view(businessKey, "FAILED");
    }
    if (businessKey.endsWith("/cancelled")) {
      return view(businessKey, "CANCELLED");
    }
    return new LedgerView(
        businessKey,
        businessKey.endsWith("/left") ? 1 : 0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static LedgerView view(String businessKey, String outcome) {
    Map<String, Object> holder = new TreeMap<>(Map.of("firstRunId", "first-run"));
    return new LedgerView(
        businessKey,
        1,
        Optional.of("0".repeat(64)),
        Optional.of(holder),
        Optional.of(outcome),
        Optional.of(FakeRoundTrip.report(outcome)),
        List.of("g1/claim", "g1/result"));
  }
}
