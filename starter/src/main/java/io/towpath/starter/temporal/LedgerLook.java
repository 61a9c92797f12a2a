package io.towpath.starter.temporal;

import io.towpath.starter.exit.Stop;
import io.towpath.workflows.ledger.LedgerView;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the ledger has of runs, asked at most once per key; without a worker it has nothing. */
public final class LedgerLook {
  private final ShortWorkflows workflows;
  private final Map<String, Optional<LedgerView>> looked = new TreeMap<>();

  public LedgerLook(ShortWorkflows workflows) {
    this.workflows = workflows;
  }

  public Optional<Map<String, Object>> report(String businessKey) {
    return look(businessKey).flatMap(LedgerView::report);
  }

  /** The newest generation; 0 when there is none or nobody tells. */
  public int generation(String businessKey) {
    return look(businessKey).map(LedgerView::generation).orElse(0);
  }

  /** The first run id of the newest holder. */
  public Optional<String> runId(String businessKey) {
    return look(businessKey)
        .flatMap(LedgerView::holder)
        .map(holder -> holder.get("firstRunId"))
        .map(String::valueOf);
  }

  /** The end with the ledger's report: Temporal keeps none of failed and cancelled runs. */
  public RunEnd completed(String businessKey, RunEnd end, int generation) {
    boolean noop = end.outcome().filter("NOOP"::equals).isPresent();
    if (end.report().isPresent() && !noop) {
      return end;
    }
    if (!noop && generation == 0) {
      return end.beforeClaim();
    }
    return look(businessKey)
        .filter(view -> noop || view.generation() == generation)
        .flatMap(LedgerView::report)
        .map(end::with)
        .orElse(end);
  }

  private Optional<LedgerView> look(String businessKey) {
    return looked.computeIfAbsent(businessKey, this::ask);
  }

  private Optional<LedgerView> ask(String businessKey) {
    try {
      return Optional.of(workflows.look(businessKey));
    } catch (Stop e) {
      return Optional.empty();
    }
  }
}
