package io.towpath.worker.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.config.Secret;
import io.towpath.activities.secrets.SecretReferences;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WebhookSettingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ops=http://hooks.example.org/secret",
        "ops=ftp://hooks.example.org/secret",
        "ops=https://[secret",
        "ops=env:HOOK",
        "=https://hooks.example.org/secret",
        "https://hooks.example.org/secret"
      })
  void a_setting_that_is_no_webhook_is_told_without_its_address(String entry) {
    Settings settings = settings(Map.of("TOWPATH_WEBHOOKS", entry, "HOOK", "ftp://secret"));
    read(settings);

    assertThat(settings.problems())
        .singleElement()
        .asString()
        .startsWith("entry 1 of TOWPATH_WEBHOOKS")
        .doesNotContain("secret");
  }

  @Test
  void webhooks_are_known_by_name_and_their_addresses_not_shown() {
    Settings settings =
        settings(
            Map.of(
                "TOWPATH_WEBHOOKS",
                "ops=https://a.example.org/x\n lab=http://localhost:1/y held=env:HOOK ",
                "HOOK",
                "https://b.example.org/z"));
    Map<String, Secret> found = read(settings);

    assertThat(settings.problems()).isEmpty();
    assertThat(found).containsOnlyKeys("ops", "lab", "held");
    assertThat(Optional.ofNullable(found.get("held")).map(Secret::reveal))
        .contains("https://b.example.org/z");
    assertThat(found.toString()).doesNotContain("example.org");
  }

  private static Settings settings(Map<String, String> environment) {
    return new Settings(environment);
  }

  private static Map<String, Secret> read(Settings settings) {
    return WebhookSettings.read(
        settings, new SecretReferences(settings.environment(), Optional.empty()));
  }
}
