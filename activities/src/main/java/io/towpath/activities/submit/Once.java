package io.towpath.activities.submit;

import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.SpecDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An effect that cannot double, or whose double harms nothing: its name is unique where it lies,
 * and the platform forgets nothing.
 */
public final class Once<T> implements Effect<T> {
  private final Claim claim;
  private final String step;
  private final RunKey key;
  private final Supplier<Optional<T>> find;
  private final Supplier<T> send;

  /** An effect whose first look is {@code find} too. */
  public Once(Claim claim, String step, String item, Supplier<Optional<T>> find, Supplier<T> send) {
    this.claim = claim;
    this.step = step;
    this.key = key(claim, step, item);
    this.find = find;
    this.send = send;
  }

  /** The operation key of a step's item under a claim. */
  public static RunKey key(Claim claim, String step, String item) {
    return RunKey.of(
        claim.businessKey(), step, item, SpecDigest.of(Map.of("item", item)), claim.generation());
  }

  @Override
  public Claim claim() {
    return claim;
  }

  @Override
  public String step() {
    return step;
  }

  @Override
  public RunKey key() {
    return key;
  }

  @Override
  public boolean canDouble() {
    return false;
  }

  @Override
  public Optional<T> find() {
    return find.get();
  }

  @Override
  public T send() {
    return send.get();
  }

  @Override
  public String idOf(T made) {
    return String.valueOf(made);
  }

  @Override
  public Duration horizon() {
    return Duration.ofDays(36_500);
  }
}
