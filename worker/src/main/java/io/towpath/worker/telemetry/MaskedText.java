package io.towpath.worker.telemetry;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** Lines for people, masked as a whole: message, exception and context. */
public final class MaskedText extends PatternLayout {
  @Override
  public String doLayout(ILoggingEvent event) {
    return LogMask.of(super.doLayout(event));
  }
}
