package io.towpath.worker.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.sevenbridges.SevenBridgesConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SevenBridgesSettingsTest {
  @TempDir private Path home = Path.of("");

  @Test
  void without_a_token_there_is_no_connection() {
    assertThat(find(Map.of("SB_API_ENDPOINT", "https://api.sbgenomics.com/v2"))).isEmpty();
  }

  @Test
  void the_platforms_own_variables_make_the_default_connection() {
    assertThat(only(Map.of("SB_AUTH_TOKEN", "t1")).endpoint())
        .isEqualTo(SevenBridgesConnection.CAVATICA);

    SevenBridgesConnection other =
        only(Map.of("SB_AUTH_TOKEN", "t1", "SB_API_ENDPOINT", "https://api.sbgenomics.com/v2/"));

    assertThat(other.endpoint()).hasToString("https://api.sbgenomics.com/v2");
    assertThat(other.token().reveal()).isEqualTo("t1");
    assertThat(other.quota()).isEqualTo(SevenBridgesConnection.SHARE);
  }

  @Test
  void token_and_endpoint_may_travel_together() {
    String uri = "sbg://:a%2Fb+c@cavatica-api.sbgenomics.com/v2/?project=user/proj";

    SevenBridgesConnection connection = only(Map.of("SEVENBRIDGES_CONNECTION_URI", uri));

    assertThat(connection.endpoint()).isEqualTo(SevenBridgesConnection.CAVATICA);
    assertThat(connection.token().reveal()).isEqualTo("a/b+c");
  }

  @Test
  void each_profile_is_a_connection_and_variables_win_over_the_default_one() throws IOException {
    Files.createDirectories(home.resolve(".sevenbridges"));
    Files.writeString(
        home.resolve(".sevenbridges").resolve("credentials"),
        """
        [default]
        api_endpoint = https://api.sbgenomics.com/v2
        auth_token = of-the-file
        # auth_token = commented
        [cgc]
        api_endpoint: https://cgc-api.sbgenomics.com/v2
        auth_token: of-cgc
        [empty]
        api_endpoint = https://eu-api.sbgenomics.com/v2
        """);

    assertThat(find(Map.of())).containsOnlyKeys("cgc", "default");
    assertThat(named("cgc", Map.of()).endpoint()).hasToString("https://cgc-api.sbgenomics.com/v2");
    assertThat(named("default", Map.of()).token().reveal()).isEqualTo("of-the-file");
    assertThat(named("default", Map.of("SB_AUTH_TOKEN", "of-env")).token().reveal())
        .isEqualTo("of-env");
    assertThat(named("lab", Map.of("SB_AUTH_TOKEN_LAB", "of-lab")).token().reveal())
        .isEqualTo("of-lab");
  }

  @Test
  void the_quota_can_be_shared_with_other_workers() {
    assertThat(
            only(Map.of(
                    "SB_AUTH_TOKEN", "t1",
                    "TOWPATH_SB_CALLS_PER_FIVE_MINUTES", "300",
                    "TOWPATH_SB_CALLS_AT_ONCE", "4"))
                .quota())
        .isEqualTo(new SevenBridgesConnection.Quota(300, 4));
  }

  @Test
  void what_cannot_be_right_is_told_by_its_name_and_without_the_token() {
    Given wrong =
        new Given(
            Map.of(
                "SEVENBRIDGES_CONNECTION_URI", "sbg://secret@host",
                "SB_AUTH_TOKEN_LAB", "secret",
                "SB_API_ENDPOINT_LAB", "cavatica",
                "TOWPATH_SB_CALLS_AT_ONCE", "many"),
            home);

    assertThat(wrong.problems(SevenBridgesSettings::read))
        .containsExactlyInAnyOrder(
            "SEVENBRIDGES_CONNECTION_URI has not the form"
                + " sbg://:<token>@cavatica-api.sbgenomics.com/v2 (percent-encoded token)",
            "SB_API_ENDPOINT_LAB is no http or https URL",
            "TOWPATH_SB_CALLS_AT_ONCE is \"many\"; expected a number above 0");
  }

  private SevenBridgesConnection only(Map<String, String> env) {
    assertThat(find(env)).containsOnlyKeys("default");
    return named("default", env);
  }

  private SevenBridgesConnection named(String name, Map<String, String> env) {
    return Optional.ofNullable(find(env).get(name)).orElseThrow();
  }

  private Map<String, SevenBridgesConnection> find(Map<String, String> env) {
    return new Given(env, home).read(SevenBridgesSettings::read);
  }
}
