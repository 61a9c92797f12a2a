package io.towpath.activities.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.workflows.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KnownSecretsTest {
  private final KnownSecrets known =
      new KnownSecrets(List.of(new Secret("canary"), new Secret("no")));

  @Test
  void a_credential_is_found_at_any_depth_and_not_repeated() {
    List<Problem> found =
        known.exposedIn(
            Map.of(
                "clean",
                "nothing",
                "runs",
                List.of("", Map.of("params", Map.of("a", "x-canary-x", "b", "no")))));

    assertThat(found)
        .extracting(Problem::place)
        .containsExactly("runs[1].params.a", "runs[1].params.b");
    assertThat(found).noneMatch(problem -> problem.text().contains("canary"));
  }

  @Test
  void a_login_is_masked_as_a_whole_though_its_password_is_known_too() {
    known.add(new Secret("user:canary"));

    assertThat(known.masked("user:canary, canary; nothing")).isEqualTo("…, …; nothing");
  }

  @Test
  void a_credential_that_replaced_another_is_known_as_soon_as_it_is_used() {
    Secret token = new Secret("first-token", () -> Optional.of("second-token"));
    known.add(token);

    assertThat(token.replaced("first-token")).isTrue();
    assertThat(known.masked("sent second-token")).isEqualTo("sent …");
  }
}
