package io.towpath.worker.telemetry;

import com.fasterxml.jackson.core.JsonStreamContext;
import net.logstash.logback.mask.ValueMasker;
import org.jspecify.annotations.Nullable;

/** Masks every text of a log line in JSON before it is quoted. */
public final class MaskedValues implements ValueMasker {
  @Override
  public @Nullable Object mask(JsonStreamContext context, Object value) {
    if (!(value instanceof CharSequence text)) {
      return null;
    }
    String shown = LogMask.of(text.toString());
    return shown.contentEquals(text) ? null : shown;
  }
}
