package io.towpath.activities.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.activities.http.PlatformException;
import io.towpath.sandbox.web.HttpsFiles;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.SourceId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class AddressesIT {
  private HttpsFiles stand;
  private Addresses addresses;

  @BeforeAll
  void start() {
    stand = new HttpsFiles();
    addresses = new Addresses(new OpenInternet(OutsideClient.of(stand)));
  }

  @AfterAll
  void stop() {
    stand.close();
  }

  @BeforeEach
  void as_it_was() {
    stand.sendsParts(true);
    stand.busy(false);
    stand.version("\"v1\"");
    stand.forget();
  }

  @Test
  void a_look_costs_one_byte_and_tells_name_size_and_version() {
    String url = stand.file("/a/R%26D%20%27x%27+1.fq", new byte[1234]);

    FileRef file = look(url + "?sig=s3cret").file().orElseThrow();

    assertThat(file.name()).isEqualTo("R&D 'x'+1.fq");
    assertThat(file.sizeBytes()).isEqualTo(1234);
    assertThat(file.handle()).isEqualTo("\"v1\"");
    assertThat(file.id().toString()).doesNotContain("s3cret");
  }

  @Test
  void an_empty_file_and_one_without_version_are_taken() {
    stand.version("");

    OutsideLook empty = look(stand.file("/empty.txt", new byte[0]));

    assertThat(empty.file().orElseThrow().sizeBytes()).isZero();
    assertThat(empty.warnings()).singleElement().asString().contains("no version");
  }

  @Test
  void a_large_file_whose_server_sends_no_parts_is_a_problem() {
    stand.sendsParts(false);

    assertThat(look(stand.file("/large", new byte[9 << 20])).problem()).contains("no parts");
    assertThat(look(stand.file("/small", new byte[10])).file()).isPresent();
  }

  @Test
  void what_is_not_there_or_has_no_name_is_a_problem() {
    assertThat(look(stand.url("/nowhere?sig=s3cret")).problem())
        .contains("HTTP 404")
        .doesNotContain("s3cret");
    assertThat(look(stand.file("/folder/", new byte[3])).problem()).contains("no file name");
  }

  @Test
  void a_server_that_is_busy_is_asked_again_and_is_no_problem_of_its_file() {
    String url = stand.file("/a", new byte[7]);
    stand.busy(true);

    assertThatThrownBy(() -> look(url))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE));
  }

  @Test
  void five_redirects_are_followed_and_a_sixth_is_not() {
    stand.file("/end.txt", new byte[7]);
    stand.redirect("/r1", stand.url("/end.txt"));
    for (int i = 2; i <= 6; i++) {
      stand.redirect("/r" + i, "/r" + (i - 1));
    }

    assertThat(look(stand.url("/r5")).file().orElseThrow().sizeBytes()).isEqualTo(7);
    assertThat(look(stand.url("/r6")).problem()).contains("redirects");
  }

  @Test
  void a_redirect_to_an_address_inside_is_not_followed() {
    stand.file("/secret", new byte[7]);
    stand.redirect("/trap", "https://localhost:" + stand.port() + "/secret");
    stand.redirect("/metadata", "https://169.254.169.254/latest/meta-data");
    stand.redirect("/plain", "http://example.org/");

    assertThat(look(stand.url("/trap")).problem()).contains("localhost is no host");
    assertThat(look(stand.url("/metadata")).problem()).contains("169.254.169.254 is no host");
    assertThat(look(stand.url("/plain")).problem()).contains("only https");
    assertThat(stand.asked()).doesNotContain("/secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1:PORT/x",
        "https://inside.example.org:PORT/x",
        "https://localhost:PORT/x",
        "https://LOCALHOST.:PORT/x",
        "https://[::1]:PORT/x",
        "https://[::ffff:127.0.0.1]:PORT/x",
        "https://2130706433:PORT/x",
        "https://127.1:PORT/x",
        "https://0x7f.0.0.1:PORT/x",
        "https://0.0.0.0:PORT/x",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/x",
        "https://no-such-host.invalid/x"
      })
  void a_worker_asks_nothing_inside_however_it_is_written(String url) {
    stand.file("/x", new byte[1]);

    OutsideLook look = look(url.replace("PORT", String.valueOf(stand.port())));

    assertThat(look.problem()).containsAnyOf("is no host on the open internet", "is not known");
    assertThat(stand.asked()).isEmpty();
  }

  private OutsideLook look(String url) {
    return addresses.look(new SourceId(url));
  }
}
