package io.towpath.activities.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A credential that does not show itself in logs, messages, debuggers or exceptions. One that lies
 * elsewhere may be replaced there while the worker runs.
 */
public final class Secret {
  private final Supplier<Optional<String>> source;
  private volatile String value;

  /** One that stays as it is. */
  public Secret(String value) {
    this(value, Optional::empty);
  }

  /**
   * One that is read again when it is refused.
   *
   * @param source what lies there then; empty where it cannot be read any more
   */
  public Secret(String value, Supplier<Optional<String>> source) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("an empty secret");
    }
    this.value = value;
    this.source = source;
  }

  /** The credential itself; only for the header or the call that carries it. */
  public String reveal() {
    return value;
  }

  /**
   * Whether another credential has taken the place of one that was refused. It is read again where
   * it came from, unless that was done since.
   */
  public synchronized boolean replaced(String refused) {
    if (value.equals(refused)) {
      value = source.get().filter(now -> !now.isBlank()).orElse(value);
    }
    return !value.equals(refused);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
