package io.towpath.starter.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.towpath.workflows.TowpathDataConverter;
import io.towpath.workflows.payload.PayloadEncryption;
import io.towpath.workflows.payload.PayloadKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
class CodecServerTest {
  private static final String UI = "http://localhost:8233";
  private static final PayloadKeys KEYS =
      PayloadKeys.read(
          Map.of(
              PayloadKeys.SETTING,
              "k=env:K",
              "K",
              Base64.getEncoder().encodeToString(new byte[32])),
          path -> path);

  private final HttpClient http = HttpClient.newHttpClient();
  private CodecServer server;

  @BeforeEach
  void start() throws IOException {
    server = new CodecServer(0, new PayloadEncryption(KEYS), Set.of(UI), Optional.of("s3cret"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void decodes_what_encode_made_as_protobuf_json() throws Exception {
    Payload plain = TowpathDataConverter.create().toPayload("reads").orElseThrow();

    HttpResponse<String> encoded = ask("POST", "/encode", json(plain), "s3cret", UI);
    HttpResponse<String> decoded = ask("POST", "/decode", encoded.body(), "s3cret", UI);

    assertThat(encoded.statusCode()).isEqualTo(200);
    assertThat(payloads(encoded.body()).get(0)).isNotEqualTo(plain);
    assertThat(payloads(decoded.body())).containsExactly(plain);
    assertThat(decoded.headers().firstValue("Access-Control-Allow-Origin")).contains(UI);
    assertThat(decoded.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void decrypts_for_nobody_without_the_token() throws Exception {
    String body = json(TowpathDataConverter.create(KEYS).toPayload("reads").orElseThrow());

    for (String token : List.of("", "other")) {
      HttpResponse<String> answer = ask("POST", "/decode", body, token, UI);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).doesNotContain("payloads");
    }
  }

  @Test
  void answers_the_preflight_of_the_ui_and_of_no_other_page() throws Exception {
    HttpResponse<String> ui = ask("OPTIONS", "/decode", "", "", UI);
    HttpResponse<String> other = ask("OPTIONS", "/decode", "", "", "https://elsewhere.example");

    assertThat(ui.statusCode()).isEqualTo(204);
    assertThat(ui.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("Authorization")
        .contains("X-Namespace");
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void says_what_is_wrong_with_what_it_is_sent() throws Exception {
    Payload foreign =
        Payload.newBuilder()
            .putMetadata(
                "encoding", com.google.protobuf.ByteString.copyFromUtf8("binary/encrypted"))
            .putMetadata("encryption-key-id", com.google.protobuf.ByteString.copyFromUtf8("gone"))
            .build();

    assertThat(ask("POST", "/decode", "{", "s3cret", UI).statusCode()).isEqualTo(400);
    assertThat(ask("POST", "/decode", json(foreign), "s3cret", UI).body()).contains("\"gone\"");
    assertThat(ask("GET", "/decode", "", "s3cret", UI).statusCode()).isEqualTo(405);
    assertThat(ask("POST", "/other", "{}", "s3cret", UI).statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> ask(
      String method, String path, String body, String token, String origin) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Origin", origin)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String json(Payload payload) throws IOException {
    return JsonFormat.printer().print(Payloads.newBuilder().addPayloads(payload));
  }

  private static List<Payload> payloads(String json) throws IOException {
    Payloads.Builder read = Payloads.newBuilder();
    JsonFormat.parser().merge(json, read);
    return read.getPayloadsList();
  }
}
