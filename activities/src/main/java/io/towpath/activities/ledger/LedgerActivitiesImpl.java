package io.towpath.activities.ledger;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.ledger.ClaimDecision;
import io.towpath.workflows.ledger.ClaimDecision.Difference;
import io.towpath.workflows.ledger.ClaimDecision.Verdict;
import io.towpath.workflows.ledger.ClaimRequest;
import io.towpath.workflows.ledger.Differences;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.ledger.LedgerView;
import io.towpath.workflows.ledger.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Judges claims by {@link ClaimRules} and writes what they ask for. */
public final class LedgerActivitiesImpl implements LedgerActivities {
  private final Ledger ledger;
  private final Supplier<String> namespace;

  /**
   * @param namespace UUID of the Temporal namespace that the worker polls; asked on every claim
   */
  public LedgerActivitiesImpl(Ledger ledger, Supplier<String> namespace) {
    this.ledger = ledger;
    this.namespace = namespace;
  }

  @Override
  public ClaimDecision read(ClaimRequest request) {
    Optional<Generation> newest = ledger.newest(request.businessKey());
    return switch (ClaimRules.decide(newest, request, holder(request))) {
      case OPEN -> free(newest.map(Generation::number).orElse(0) + 1);
      case TAKE_OVER -> free(newest.orElseThrow().number());
      case HELD -> held(newest.orElseThrow());
      case DONE -> done(newest.orElseThrow());
      case OTHER_REQUEST -> otherRequest(newest.orElseThrow(), request);
      case HELD_ELSEWHERE -> heldElsewhere(newest.orElseThrow());
    };
  }

  @Override
  public ClaimDecision claim(ClaimRequest request) {
    if (!request.workflowId().equals(request.businessKey())) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "only the run whose workflow id is "
              + request.businessKey()
              + " may claim it, not "
              + request.workflowId());
    }
    Holder asking = holder(request);
    Optional<Generation> newest = ledger.newest(request.businessKey());
    return switch (ClaimRules.decide(newest, request, asking)) {
      case OPEN -> open(newest, request, asking);
      case TAKE_OVER -> takeOver(newest.orElseThrow(), asking);
      case HELD -> held(newest.orElseThrow());
      case DONE -> done(newest.orElseThrow());
      case OTHER_REQUEST -> otherRequest(newest.orElseThrow(), request);
      case HELD_ELSEWHERE -> heldElsewhere(newest.orElseThrow());
    };
  }

  @Override
  public LedgerView look(String businessKey) {
    Optional<Generation> newest = ledger.newest(businessKey);
    return new LedgerView(
        businessKey,
        newest.map(Generation::number).orElse(0),
        newest.map(Generation::digest),
        newest.map(generation -> generation.holder().asMap()),
        newest.flatMap(Generation::outcome),
        newest.flatMap(Generation::result),
        ledger.entries(businessKey));
  }

  @Override
  public Map<String, Object> recordOutcome(Claim claim, String step, Map<String, Object> outcome) {
    return ledger.recordOutcome(claim, step, outcome);
  }

  @Override
  public Optional<Map<String, Object>> outcome(String businessKey, int generation, String step) {
    return ledger.outcome(businessKey, generation, step);
  }

  @Override
  public Optional<Map<String, Object>> newestOutcome(String businessKey, String step) {
    int number = ledger.newest(businessKey).map(Generation::number).orElse(0);
    Optional<Map<String, Object>> newest = Optional.empty();
    for (; number > 0 && newest.isEmpty(); number--) {
      newest = ledger.outcome(businessKey, number, step);
    }
    return newest;
  }

  @Override
  public Map<String, Object> recordResult(Claim claim, Map<String, Object> report) {
    return ledger.recordResult(claim, report);
  }

  @Override
  public boolean refuse(String businessKey, Refusal refusal) {
    return ledger.refuse(businessKey, refusal);
  }

  private ClaimDecision open(Optional<Generation> newest, ClaimRequest request, Holder asking) {
    newest.ifPresent(generation -> endClaims(generation, asking));
    int number = newest.map(Generation::number).orElse(0) + 1;
    boolean own =
        ledger.open(
            request.businessKey(),
            number,
            new Ledger.ClaimEntry(
                request.digest().value(), request.resolved(), asking, Ledger.now()));
    if (!own) {
      throw raced(request.businessKey());
    }
    return claimed(new Claim(request.businessKey(), number, 1));
  }

  /**
   * Who opens the next generation takes this one over first, so an attempt that was left behind
   * sees by one entry, the next holder's, that its claim is over.
   */
  private void endClaims(Generation generation, Holder asking) {
    if (!generation.holder().equals(asking)) {
      takeOver(generation, asking);
    }
  }

  private ClaimDecision takeOver(Generation generation, Holder asking) {
    Claim next =
        new Claim(generation.businessKey(), generation.number(), generation.holders().size() + 1);
    if (!ledger.takeOver(next, asking)) {
      throw raced(generation.businessKey());
    }
    return claimed(next);
  }

  private static ClaimDecision held(Generation generation) {
    return claimed(generation.claim());
  }

  private static ClaimDecision claimed(Claim claim) {
    return decision(Verdict.CLAIMED, Optional.of(claim), before(claim.generation()), "");
  }

  private static ClaimDecision free(int generation) {
    return decision(
        Verdict.FREE,
        Optional.empty(),
        before(generation),
        "generation " + generation + " is free");
  }

  /** Whoever opened it may have died before the old operations were stopped, so all are told. */
  private static Optional<Integer> before(int generation) {
    return generation == 1 ? Optional.empty() : Optional.of(generation - 1);
  }

  private static ClaimDecision done(Generation generation) {
    return new ClaimDecision(
        Verdict.DONE,
        Optional.empty(),
        Optional.empty(),
        generation.result(),
        generation.businessKey() + " was done in generation " + generation.number(),
        List.of());
  }

  private static ClaimDecision otherRequest(Generation generation, ClaimRequest request) {
    List<Difference> differences = Differences.between(generation.resolved(), request.resolved());
    String state =
        generation.outcome().map(outcome -> "ended " + outcome).orElse("was begun but not ended");
    return conflict(
        generation.businessKey()
            + " "
            + state
            + " with another request (generation "
            + generation.number()
            + "); give this one another recipe, or start it with --rerun always",
        differences);
  }

  private static ClaimDecision heldElsewhere(Generation generation) {
    Holder holder = generation.holder();
    return conflict(
        generation.businessKey()
            + " is held by run "
            + holder.firstRunId()
            + " in Temporal namespace "
            + holder.namespace()
            + ", which cannot be seen from here; if that run is dead, start with --take-over",
        List.of());
  }

  private static ClaimDecision conflict(String reason, List<Difference> differences) {
    return new ClaimDecision(
        Verdict.CONFLICT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        reason,
        differences);
  }

  private static ClaimDecision decision(
      Verdict verdict, Optional<Claim> claim, Optional<Integer> previous, String reason) {
    return new ClaimDecision(verdict, claim, previous, Optional.empty(), reason, List.of());
  }

  /**
   * Whoever wrote at this very moment is alive, or is an attempt of a run that just closed: nothing
   * is inferred, and the next attempt looks again.
   */
  private static PlatformException raced(String businessKey) {
    return new PlatformException(
        FailureKind.PLATFORM_UNAVAILABLE,
        "another run wrote a claim of " + businessKey + " at the same moment; asking again");
  }

  private Holder holder(ClaimRequest request) {
    return new Holder(namespace.get(), request.workflowId(), request.firstRunId());
  }
}
