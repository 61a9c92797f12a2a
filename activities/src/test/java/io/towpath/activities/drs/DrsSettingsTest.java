package io.towpath.activities.drs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The names of settings, and what is done without them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DrsSettingsTest {
  @Test
  void without_settings_there_is_cavaticas_own_server() {
    DrsConnection found = find(Map.of());

    assertThat(found.cavatica()).isEqualTo(URI.create("https://cavatica-ga4gh-api.sbgenomics.com"));
    assertThat(found.indexd()).isEmpty();
    assertThat(found.sevenBridges()).isEmpty();
    assertThat(found.datasets()).isEmpty();
  }

  @Test
  void each_setting_is_read_by_its_name() {
    DrsConnection found =
        find(
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
  void what_cannot_be_right_is_named_without_the_credential() {
    refused(Map.of("DRS_ENDPOINT", "drs://x"), "DRS_ENDPOINT is \"drs://x\"");
    refused(Map.of("INDEXD_ENDPOINT", "https://x"), "INDEXD_AUTH is not set");
    refused(Map.of("INDEXD_AUTH", "user:hush"), "INDEXD_ENDPOINT is not set");
    refused(Map.of("TOWPATH_INDEXD_CALLS_PER_SECOND", "0"), "expected a number above 0");
    refused(Map.of("TOWPATH_DRS_DATASETS", "a=1"), "expected name@version=id");
  }

  private static void refused(Map<String, String> env, String words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> find(env))
        .withMessageContaining(words)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hush"));
  }

  private static DrsConnection find(Map<String, String> env) {
    DrsConnection found = new DrsSettings(env).find(Map.of(), Map.of()).get("default");
    if (found == null) {
      throw new AssertionError("there is no default connection");
    }
    return found;
  }
}
