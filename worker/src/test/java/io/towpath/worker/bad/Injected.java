package io.towpath.worker.bad;

import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Waits for somebody to set its field, and logs past SLF4J. */
final class Injected {
  @Inject @Nullable Logger log;

  void tell() {
    if (log != null) {
      log.info("set from outside");
    }
  }

  /** No injection framework is on the class path: the rule goes by the simple name. */
  @interface Inject {}
}
