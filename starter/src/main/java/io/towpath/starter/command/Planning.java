package io.towpath.starter.command;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.exit.Stop;
import io.towpath.starter.kind.Kind;
import io.towpath.starter.screen.Listing;
import io.towpath.starter.temporal.ShortWorkflows;
import io.towpath.starter.temporal.TemporalConnection;
import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.ledger.ClaimDecision;
import io.towpath.workflows.ledger.ClaimDecision.Verdict;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Judges a request: by itself, and through the worker, which sees platforms and ledger. */
final class Planning {
  private final Surroundings around;

  Planning(Surroundings around) {
    this.around = around;
  }

  /**
   * What is wrong with the request by itself; with problems, the worker's are added if it lives.
   */
  Plan plan(Kind kind, String file, Map<String, Object> request) {
    List<Problem> local = kind.problems(request);
    around.interruption().says("interrupted; nothing was started.");
    try (TemporalConnection connection = TemporalConnection.open(around.env())) {
      Plan plan = shortWorkflows(connection).plan(kind.name(), request);
      LinkedHashSet<Problem> all = new LinkedHashSet<>(local);
      all.addAll(plan.problems());
      if (!all.isEmpty()) {
        throw problems(file, List.copyOf(all));
      }
      return plan;
    } catch (Stop stop) {
      if (!local.isEmpty() && stop.exitCode() != ExitCode.BAD_INPUT) {
        throw problems(file, local);
      }
      throw stop;
    } finally {
      around.interruption().says("");
    }
  }

  /** The short workflows, telling on the progress stream what they wait for. */
  ShortWorkflows shortWorkflows(TemporalConnection connection) {
    var told = new LinkedHashSet<String>();
    return new ShortWorkflows(
        connection,
        around.workerPatience(),
        news -> {
          if (told.add(news)) {
            around.progress().line("waiting: " + news);
          }
        });
  }

  /** Ends the command when the key is taken by other work. */
  static void refuseConflict(Plan plan) {
    plan.decision()
        .filter(decision -> decision.verdict() == Verdict.CONFLICT)
        .ifPresent(
            decision -> {
              throw conflict(
                  plan.workflowId().orElse(""), decision.reason(), decision.differences());
            });
  }

  static Stop conflict(
      String workflowId, String reason, List<ClaimDecision.Difference> differences) {
    Map<String, Object> details = new TreeMap<>();
    details.put("reason", reason);
    details.put("workflowId", workflowId);
    details.put("differences", new ArrayList<>(differences));
    return new Stop(
        ExitCode.CONFLICT, "CONFLICT", Listing.conflict(workflowId, reason, differences), details);
  }

  private static Stop problems(String file, List<Problem> problems) {
    Map<String, Object> details = new TreeMap<>();
    details.put("problems", new ArrayList<>(problems));
    return new Stop(
        ExitCode.BAD_INPUT, "INPUT_REJECTED", Listing.problems(file, problems), details);
  }
}
