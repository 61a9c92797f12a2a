package io.towpath.activities.fanout;

import io.opentelemetry.context.Context;
import java.util.Map;
import org.slf4j.MDC;

/**
 * Lets work on another thread log, and be traced, under the activity, and so the workflow, that it
 * belongs to.
 */
public final class LogContext {
  private LogContext() {}

  /** The same work, under the log context and the span of the thread that calls this. */
  public static Runnable carry(Runnable work) {
    Runnable traced = Context.current().wrap(work);
    Map<String, String> context = MDC.getCopyOfContextMap();
    return context == null
        ? traced
        : () -> {
          MDC.setContextMap(context);
          try {
            traced.run();
          } finally {
            MDC.clear();
          }
        };
  }
}
