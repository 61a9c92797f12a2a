package io.towpath.activities.fanout;

import java.util.Map;
import org.slf4j.MDC;

/** Lets work on another thread log under the activity, and so the workflow, that it belongs to. */
public final class LogContext {
  private LogContext() {}

  /** The same work, under the log context of the thread that calls this. */
  public static Runnable carry(Runnable work) {
    Map<String, String> context = MDC.getCopyOfContextMap();
    return context == null
        ? work
        : () -> {
          MDC.setContextMap(context);
          try {
            work.run();
          } finally {
            MDC.clear();
          }
        };
  }
}
