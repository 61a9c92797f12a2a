package io.towpath.activities.containers;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.RateBudget;
import io.towpath.activities.submit.Effect;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One container, found again by its name. Where names are unique its end is still no proof against
 * a second run: finished ones are removed, and starting a finished one runs it again. So every send
 * is noted, and so is the id.
 */
final class ContainerEffect implements Effect<String> {
  private final ContainerRuns runs;
  private final RunContainer request;
  private final Runnable alive;
  private boolean prepared;

  /**
   * @param alive called every few seconds while something is prepared
   */
  ContainerEffect(ContainerRuns runs, RunContainer request, Runnable alive) {
    this.runs = runs;
    this.request = request;
    this.alive = alive;
  }

  @Override
  public Claim claim() {
    return request.claim();
  }

  @Override
  public String step() {
    return request.step();
  }

  @Override
  public RunKey key() {
    return request.key();
  }

  @Override
  public boolean canDouble() {
    return true;
  }

  @Override
  public Duration horizon() {
    return runs.horizon();
  }

  /** Also prepares it when there is none, so that nothing lies between fence and send. */
  @Override
  public Optional<String> find() {
    List<ContainerState> found = runs.find(request.name());
    found.forEach(this::requireOurs);
    Optional<String> best =
        found.stream()
            .filter(state -> state.phase() != ContainerState.Phase.MADE)
            .min(ContainerState.KEEP_FIRST)
            .map(ContainerState::id);
    if (best.isEmpty() && !prepared) {
      runs.prepare(request, alive);
      prepared = true;
    }
    return best;
  }

  @Override
  public Optional<RateBudget> quota() {
    return runs.quota();
  }

  @Override
  public String send() {
    return runs.submit(request);
  }

  @Override
  public String idOf(String made) {
    return made;
  }

  private void requireOurs(ContainerState state) {
    if (!state.digest().equals(request.spec().digest().value())) {
      throw new PlatformException(
          FailureKind.CONFLICT,
          request.name()
              + " ("
              + state.id()
              + ") is something else: expected the spec digest "
              + request.spec().digest()
              + ", found "
              + (state.digest().isEmpty() ? "none" : state.digest())
              + "; remove it, or find out who uses our name");
    }
  }
}
