package io.towpath.worker.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.drs.DrsConnection;
import io.towpath.activities.drs.DrsServers;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The names of settings, and what is done without them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DrsSettingsTest {
  @Test
  void without_settings_there_is_cavaticas_own_server() {
    DrsConnection found = connection("default", Map.of());

    assertThat(found.cavatica()).isEqualTo(URI.create("https://cavatica-ga4gh-api.sbgenomics.com"));
    assertThat(found.indexd()).isEmpty();
    assertThat(found.sevenBridges()).isEmpty();
    assertThat(found.datasets()).isEmpty();
  }

  @Test
  void each_setting_is_read_by_its_name() {
    DrsConnection found =
        connection(
            "default",
            Map.of(
                "DRS_ENDPOINT", "http://127.0.0.1:4/",
                "INDEXD_ENDPOINT", "https://gen3.example.org/index",
                "INDEXD_AUTH", "user:password",
                "TOWPATH_INDEXD_CALLS_PER_SECOND", "7",
                "TOWPATH_DRS_DATASETS", "a@1=x, b b@0.1.0=y"));

    assertThat(found.cavatica()).isEqualTo(URI.create("http://127.0.0.1:4"));
    assertThat(found.indexd().map(DrsConnection.Indexd::endpoint))
        .contains(URI.create("https://gen3.example.org/index"));
    assertThat(found.indexd().map(DrsConnection.Indexd::callsPerSecond)).contains(7);
    assertThat(found.datasets()).isEqualTo(Map.of("a@1", "x", "b b@0.1.0", "y"));
  }

  @Test
  void an_indexd_of_its_own_has_a_name_and_the_default_one_serves_the_others() {
    Map<String, String> environment =
        Map.of(
            "INDEXD_ENDPOINT", "https://a.example.org",
            "INDEXD_AUTH", "user:password",
            "INDEXD_ENDPOINT_LAB", "https://b.example.org",
            "INDEXD_AUTH_LAB", "user:password");

    assertThat(connection("lab", environment).indexd().map(DrsConnection.Indexd::endpoint))
        .contains(URI.create("https://b.example.org"));
    assertThat(connection("default", environment).indexd().map(DrsConnection.Indexd::endpoint))
        .contains(URI.create("https://a.example.org"));
  }

  @Test
  void what_cannot_be_right_is_named_without_the_credential() {
    refused(Map.of("DRS_ENDPOINT", "drs://x"), "DRS_ENDPOINT is no http or https URL");
    refused(Map.of("INDEXD_ENDPOINT", "https://x"), "INDEXD_AUTH is not set");
    refused(Map.of("INDEXD_AUTH", "user:hush"), "INDEXD_ENDPOINT is not set");
    refused(
        Map.of(
            "INDEXD_ENDPOINT", "https://x",
            "INDEXD_AUTH", "user:hush",
            "TOWPATH_INDEXD_CALLS_PER_SECOND", "0"),
        "expected a number above 0");
    refused(Map.of("TOWPATH_DRS_DATASETS", "a=1"), "expected name@version=id");
  }

  private static void refused(Map<String, String> env, String words) {
    assertThat(new Given(env, Path.of("nowhere")).problems((all, home) -> DrsSettings.read(all)))
        .singleElement()
        .asString()
        .contains(words)
        .doesNotContain("hush");
  }

  private static DrsConnection connection(String name, Map<String, String> env) {
    DrsServers servers =
        new Given(env, Path.of("nowhere")).read((all, home) -> DrsSettings.read(all));
    return Optional.ofNullable(servers.connections(Map.of(), Map.of()).get(name)).orElseThrow();
  }
}
