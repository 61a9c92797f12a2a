package io.towpath.activities.http;

import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of adapters. The message says what we did, what came back (status, code,
 * request id) and what to do; it never holds a secret, a signed URL or a body.
 */
public final class PlatformException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final FailureKind kind;
  private final int status;
  private final transient Optional<Duration> retryAfter;

  public PlatformException(FailureKind kind, String message) {
    this(kind, message, 0, Optional.empty(), null);
  }

  /**
   * @param status HTTP status, 0 when there was no answer
   * @param retryAfter the platform's own delay, where it named one
   */
  public PlatformException(
      FailureKind kind,
      String message,
      int status,
      Optional<Duration> retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  public FailureKind kind() {
    return kind;
  }

  public int status() {
    return status;
  }

  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
