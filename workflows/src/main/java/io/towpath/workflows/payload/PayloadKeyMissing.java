package io.towpath.workflows.payload;

import io.temporal.common.converter.DataConverterException;
import java.util.Optional;

/**
 * A payload that was encrypted with a key that is not at hand; nothing is lost by waiting for it.
 */
public final class PayloadKeyMissing extends DataConverterException {
  private static final long serialVersionUID = 1;

  PayloadKeyMissing(String id) {
    super(
        "a payload is encrypted with key \""
            + id
            + "\", which "
            + PayloadKeys.SETTING
            + " does not name; add "
            + id
            + "=file:/path or "
            + id
            + "=env:NAME to it");
  }

  /** This exception among the causes of another one, wherever Temporal put it. */
  public static Optional<PayloadKeyMissing> among(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof PayloadKeyMissing missing) {
        return Optional.of(missing);
      }
    }
    return Optional.empty();
  }
}
