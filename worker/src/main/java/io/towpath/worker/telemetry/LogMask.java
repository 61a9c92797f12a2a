package io.towpath.worker.telemetry;

import ch.qos.logback.classic.LoggerContext;
import io.towpath.activities.config.KnownSecrets;
import io.towpath.activities.http.Redaction;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Takes out of logs what must not be in them: what looks like a token or a signed URL, and every
 * credential that this worker was given. It lies beside the loggers, so that it is there for
 * libraries that log as well.
 */
public final class LogMask {
  private static final String KNOWN = KnownSecrets.class.getName();

  private LogMask() {}

  /** From now on these are in no line, nor is what is added to them later. */
  public static void know(KnownSecrets... secrets) {
    loggers().putObject(KNOWN, List.of(secrets));
  }

  static String of(String text) {
    String shown = Redaction.of(text);
    if (loggers().getObject(KNOWN) instanceof List<?> known) {
      for (Object secrets : known) {
        shown = ((KnownSecrets) secrets).masked(shown);
      }
    }
    return shown;
  }

  private static LoggerContext loggers() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
