package io.towpath.activities.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.activities.config.Secret;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TowerConnectionTest {
  @Test
  void a_connection_is_read_from_the_uri_of_other_tools() {
    assertThat(TowerConnection.of("tower://:to%2Fken@tower.example.org/api/?workspace=org%2Fname"))
        .isEqualTo(
            new TowerConnection(
                URI.create("https://tower.example.org/api"),
                new Secret("to/ken"),
                Optional.of("org/name")));
    assertThatThrownBy(() -> TowerConnection.of("https://:token@tower.example.org/api"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
