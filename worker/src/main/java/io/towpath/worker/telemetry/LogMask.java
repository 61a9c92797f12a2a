package io.towpath.worker.telemetry;

import ch.qos.logback.classic.LoggerContext;
import io.towpath.activities.config.KnownSecrets;
import io.towpath.activities.http.Redaction;
import org.slf4j.LoggerFactory;

/**
 * Takes out of logs what must not be in them: what looks like a token or a signed URL, and every
 * credential that this worker was given. It lies beside the loggers, so that it is there for
 * libraries that log as well.
 */
public final class LogMask {
  private static final String KNOWN = KnownSecrets.class.getName();

  private LogMask() {}

  /** From now on these are in no line. */
  public static void know(KnownSecrets secrets) {
    loggers().putObject(KNOWN, secrets);
  }

  static String of(String text) {
    String shown = Redaction.of(text);
    return loggers().getObject(KNOWN) instanceof KnownSecrets known ? known.masked(shown) : shown;
  }

  private static LoggerContext loggers() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
