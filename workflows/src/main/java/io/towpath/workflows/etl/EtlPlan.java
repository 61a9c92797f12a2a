package io.towpath.workflows.etl;

import static io.towpath.workflows.progress.Operator.stub;

import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.ledger.ClaimDecision;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.plan.Plan;
import io.towpath.workflows.request.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a request would do, found out without doing any of it. */
public final class EtlPlan {
  /** How long a person waits for a platform that does not answer. */
  public static final Duration PATIENCE = Duration.ofSeconds(90);

  private EtlPlan() {}

  /**
   * Plans a request of this kind; the ETL is made with {@link #PATIENCE}.
   *
   * @param exposed where the request holds a credential of the worker
   */
  public static <R, S extends EtlSpec> Plan of(
      Etl<R, S> etl, Map<String, Object> json, List<Problem> exposed) {
    Reading reading = new Reading(exposed);
    R request = reading.read(json, etl::read);
    if (!reading.problems().isEmpty()) {
      return refused(etl.type(), json, reading.problems());
    }
    Resolution<S> resolution = etl.resolve(request);
    if (resolution.spec().isEmpty()) {
      return refused(etl.type(), json, resolution.problems());
    }
    S spec = resolution.spec().orElseThrow();
    ClaimDecision decision =
        stub(
                LedgerActivities.class,
                ActivityPolicy.preflight(TaskQueues.S3, "read the ledger", PATIENCE))
            .read(Claiming.request(spec));
    Preflight seen = etl.inspect(spec);
    List<Problem> problems = new ArrayList<>(resolution.problems());
    problems.addAll(seen.problems());
    return new Plan(
        etl.type(),
        Optional.of(spec.businessKey()),
        Optional.of(spec.digest().value()),
        spec.pinned(json),
        spec.effect(),
        Optional.of(decision),
        problems,
        seen.warnings(),
        seen.notChecked(),
        seen.preview());
  }

  private static Plan refused(String type, Map<String, Object> json, List<Problem> problems) {
    return new Plan(
        type,
        Optional.empty(),
        Optional.empty(),
        json,
        new TreeMap<>(),
        Optional.empty(),
        problems,
        List.of(),
        List.of(),
        List.of());
  }
}
