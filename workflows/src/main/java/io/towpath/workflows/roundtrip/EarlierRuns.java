package io.towpath.workflows.roundtrip;

import io.towpath.workflows.etl.Problems;
import io.towpath.workflows.ledger.LedgerActivities;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs of the last generation that this one goes on with instead of doing them again. */
final class EarlierRuns {
  private final LedgerActivities ledger;
  private final Map<String, Map<String, Object>> reports = new TreeMap<>();

  EarlierRuns(LedgerActivities ledger) {
    this.ledger = ledger;
  }

  /** Reports of runs that succeeded, by name. */
  Map<String, Map<String, Object>> reports() {
    return reports;
  }

  /** Finds those that startFrom or only leave out; one that is missing is a problem. */
  void find(RoundTripSpec spec, Problems problems) {
    RoundTripRequest request = spec.request();
    if (request.part().isAll()) {
      return;
    }
    ledger
        .look(spec.businessKey())
        .report()
        .map(report -> report.get("runs"))
        .ifPresent(runs -> ((List<?>) runs).forEach(this::remember));
    for (int i = 0; i < request.runs().size(); i++) {
      if (request.part().has(request.runs(), i)) {
        for (String needed : request.runs().get(i).waitsFor()) {
          requireKnown(request, needed, "runs[" + i + "]", problems);
        }
      }
    }
  }

  private void remember(Object report) {
    if (report instanceof Map<?, ?> run && "SUCCEEDED".equals(run.get("status"))) {
      Map<String, Object> known = new TreeMap<>();
      run.forEach((key, value) -> known.put(String.valueOf(key), value));
      reports.put(String.valueOf(run.get("name")), known);
    }
  }

  private void requireKnown(
      RoundTripRequest request, String needed, String place, Problems problems) {
    List<String> names = request.runs().stream().map(RoundTripRequest.Run::name).toList();
    boolean now = request.part().has(request.runs(), names.indexOf(needed));
    if (!now && !reports.containsKey(needed)) {
      problems.add(
          place,
          "needs run "
              + needed
              + ", which startFrom or only leave out, and the last generation has none that"
              + " succeeded; let it run too");
    }
  }
}
