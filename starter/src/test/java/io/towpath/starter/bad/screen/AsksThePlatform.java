package io.towpath.starter.bad.screen;

import io.towpath.starter.bad.activities.Platform;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** A screen with a platform, an environment and a logger of its own. */
public record AsksThePlatform(Platform platform, Logger log) {
  /** What a command is given by its surroundings. */
  public Supplier<String> environment() {
    return System.getenv()::toString;
  }
}
