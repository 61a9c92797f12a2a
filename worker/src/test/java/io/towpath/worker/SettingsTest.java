package io.towpath.worker;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.config.KnownSecrets;
import io.towpath.worker.settings.Settings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettingsTest {
  @Test
  void without_a_port_nothing_listens() {
    assertThat(address(new Settings(Map.of("HOST", "0.0.0.0")))).isEmpty();
    assertThat(address(new Settings(Map.of("PORT", "0")))).isEmpty();
  }

  @Test
  void a_port_alone_is_open_to_this_machine() {
    assertThat(address(new Settings(Map.of("PORT", "9464"))))
        .hasValue(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9464));
    assertThat(address(new Settings(Map.of("PORT", "9464", "HOST", "0.0.0.0"))))
        .hasValueSatisfying(all -> assertThat(all.getAddress().isAnyLocalAddress()).isTrue());
  }

  @Test
  void what_is_no_port_no_address_or_no_known_word_is_told_at_once() {
    Settings settings = new Settings(Map.of("PORT", "70000", "FORMAT", "xml"));
    assertThat(address(settings)).isEmpty();
    settings.oneOf("FORMAT", "text", "json");
    assertThat(settings.problems())
        .containsExactly("PORT is 70000, not a port", "FORMAT is \"xml\", none of: text, json");

    Settings nowhere = new Settings(Map.of("PORT", "9464", "HOST", "no such host"));
    assertThat(address(nowhere)).isEmpty();
    assertThat(nowhere.problems())
        .containsExactly("HOST is \"no such host\", no address of this machine; such as 0.0.0.0");
  }

  @Test
  void every_credential_that_the_settings_hold_is_known() {
    Map<String, String> environment =
        Map.ofEntries(
            entry("SYNAPSE_AUTH_TOKEN", "canary-synapse"),
            entry("TOWER_ACCESS_TOKEN", "canary-tower"),
            entry("SB_AUTH_TOKEN", "canary-sevenbridges"),
            entry("SB_API_ENDPOINT", "https://cavatica-api.sbgenomics.com/v2"),
            entry("INDEXD_ENDPOINT", "https://indexd.example.org"),
            entry("INDEXD_AUTH", "canary:indexd"),
            entry("TOWPATH_WEBHOOKS", "ops=https://hooks.example.org/canary-hook"),
            entry("AWS_ACCESS_KEY_ID", "AKIATEST"),
            entry("AWS_SECRET_ACCESS_KEY", "canary-aws"),
            entry("AWS_SESSION_TOKEN", "canary-session"),
            entry("TOWPATH_PAYLOAD_KEYS", "1=env:KEY"),
            entry("OTEL_EXPORTER_OTLP_ENDPOINT", "https://traces.example.org"),
            entry("OTEL_EXPORTER_OTLP_HEADERS", "a=canary-1,b=canary%202"),
            entry("KEY", "Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5LWNhbmE="),
            entry("TOWPATH_LEDGER", "s3://bucket/ledger/"));

    KnownSecrets known = Stack.settings(environment).secrets();

    for (String secret :
        List.of(
            "canary-synapse",
            "canary-tower",
            "canary-sevenbridges",
            "canary:indexd",
            "https://hooks.example.org/canary-hook",
            "canary-aws",
            "canary-session",
            "canary-1",
            "canary 2",
            "Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5LWNhbmE=")) {
      assertThat(known.masked(secret)).isEqualTo("…");
    }
  }

  @Test
  void a_worker_has_a_version_only_with_a_build_and_all_that_is_missing_is_told_at_once() {
    assertThatExceptionOfType(WorkerSettings.Unusable.class)
        .isThrownBy(
            () ->
                WorkerSettings.from(Map.of("TEMPORAL_DEPLOYMENT_NAME", "lab"), Path.of("nowhere")))
        .satisfies(
            refused ->
                assertThat(refused.problems())
                    .anyMatch(problem -> problem.contains("TOWPATH_BUILD_ID is not"))
                    .anyMatch(problem -> problem.startsWith("SYNAPSE_AUTH_TOKEN"))
                    .anyMatch(problem -> problem.startsWith("TOWER_ACCESS_TOKEN"))
                    .anyMatch(problem -> problem.startsWith("TOWPATH_LEDGER")));
  }

  private static Optional<InetSocketAddress> address(Settings settings) {
    return settings.address("HOST", "PORT");
  }
}
