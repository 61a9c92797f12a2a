package io.towpath.activities.samplesheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.Digests;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.samplesheet.SchemaRef;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SchemaSourceTest {
  private static final String ANY = "ab".repeat(32);
  private static final SchemaRef RNASEQ =
      SchemaRef.ofPipeline("prepare.schema", "nf-core/rnaseq").at("3.14.0");

  private final MockWebServer server = new MockWebServer();
  private SchemaSource source = new SchemaSource(new OkHttpClient(), URI.create("http://nowhere"));

  @BeforeEach
  void start() throws Exception {
    server.start();
    source = new SchemaSource(new OkHttpClient(), server.url("/").uri());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_pipelines_schema_comes_from_its_revision_with_its_digest() throws Exception {
    String text = "{\"items\":{}}";
    server.enqueue(answer(200, text));

    SchemaSource.Schema schema = source.get(RNASEQ, "assets/schema_input.json");

    assertThat(server.takeRequest().getUrl().encodedPath())
        .isEqualTo("/nf-core/rnaseq/3.14.0/assets/schema_input.json");
    assertThat(schema.root().has("items")).isTrue();
    assertThat(schema.sha256()).isEqualTo(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "404, INPUT_REJECTED",
    "302, INPUT_REJECTED",
    "503, PLATFORM_UNAVAILABLE",
    "429, PLATFORM_UNAVAILABLE",
  })
  void what_is_not_there_is_told_from_what_does_not_answer(int status, FailureKind kind) {
    server.enqueue(answer(status, ""));

    assertThat(refusal(RNASEQ).kind()).isEqualTo(kind);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void a_page_or_an_endless_answer_is_no_schema() {
    server.enqueue(answer(200, "<html>"));
    server.enqueue(answer(200, "x".repeat(SchemaSource.MOST_BYTES + 1)));

    assertThat(refusal(RNASEQ)).hasMessageContaining("no JSON");
    assertThat(refusal(RNASEQ)).hasMessageContaining("longer than");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/s.json",
        "https://localhost/s.json",
        "https://169.254.169.254/latest/meta-data",
        "https://10.1.2.3/s.json",
        "https://[::1]/s.json",
        "https://[::ffff:10.0.0.1]/s.json",
        "https://2130706433/s.json",
      })
  void an_address_of_the_workers_own_network_is_refused(String url) {
    PlatformException refused = refusal(SchemaRef.pinned("prepare.schema", url, ANY));

    assertThat(refused.kind()).isEqualTo(FailureKind.INPUT_REJECTED);
    assertThat(refused).hasMessageContaining("public");
  }

  @Test
  void other_bytes_than_the_request_states_are_refused() {
    OkHttpClient canned =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain ->
                    new Response.Builder()
                        .request(chain.request())
                        .protocol(Protocol.HTTP_1_1)
                        .code(200)
                        .message("OK")
                        .body(ResponseBody.create("{}", MediaType.get("application/json")))
                        .build())
            .build();
    source = new SchemaSource(canned, URI.create("http://nowhere"));
    String right = Digests.sha256("{}".getBytes(StandardCharsets.UTF_8));
    String url = "https://example.org/s.json";

    assertThat(source.get(SchemaRef.pinned("prepare.schema", url, right), "any").sha256())
        .isEqualTo(right);
    assertThat(refusal(SchemaRef.pinned("prepare.schema", url, ANY)))
        .hasMessageContaining(right)
        .hasMessageContaining("the request states " + ANY);
  }

  @Test
  void an_inline_schema_has_a_digest_too() {
    SchemaSource.Schema schema =
        source.get(SchemaRef.inline("prepare.schema", Map.of("items", Map.of())), "any");

    assertThat(schema.sha256()).hasSize(64);
  }

  private PlatformException refusal(SchemaRef ref) {
    return assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> source.get(ref, "assets/schema_input.json"))
        .actual();
  }

  private static MockResponse answer(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Location", "http://127.0.0.1:1/")
        .body(body)
        .build();
  }
}
