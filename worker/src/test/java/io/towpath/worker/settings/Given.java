package io.towpath.worker.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.secrets.SecretReferences;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** What a worker is given, and what comes of it. */
record Given(Map<String, String> environment, Path home) {
  /** Reads, and there must be no problem. */
  <T> T read(BiFunction<Connections, Path, T> reader) {
    Settings settings = new Settings(environment);
    T found = reader.apply(connections(settings), home);
    assertThat(settings.problems()).isEmpty();
    return found;
  }

  /** Everything that is wrong. */
  <T> List<String> problems(BiFunction<Connections, Path, T> reader) {
    Settings settings = new Settings(environment);
    T unused = reader.apply(connections(settings), home);
    return settings.problems();
  }

  private Connections connections(Settings settings) {
    return new Connections(settings, new SecretReferences(environment, Optional.empty()));
  }
}
