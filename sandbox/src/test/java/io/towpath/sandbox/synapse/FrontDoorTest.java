package io.towpath.sandbox.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.control.Stack;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
@DisplayNameGeneration(ReplaceUnderscores.class)
class FrontDoorTest {
  @AutoClose private final TestSynapse synapse = new TestSynapse(true);

  private TestSynapse.Answer anonymously(String path) {
    return synapse.send(HttpRequest.newBuilder(URI.create(synapse.uri() + path)));
  }

  @Test
  void a_missing_token_is_the_anonymous_user_and_a_bad_one_is_401() {
    var anonymous = anonymously("/repo/v1/userProfile");
    assertThat(anonymous.status()).isEqualTo(200);
    assertThat(anonymous.text("ownerId")).isEqualTo("273950");
    String project = synapse.project("private");
    assertThat(anonymously("/repo/v1/entity/" + project).status()).isEqualTo(403);
    var bad =
        synapse.send(
            HttpRequest.newBuilder(URI.create(synapse.uri() + "/repo/v1/userProfile"))
                .header("Authorization", "Bearer nonsense"));
    assertThat(bad.status()).isEqualTo(401);
    assertThat(bad.reason()).isEqualTo("Invalid access token");
    assertThat(synapse.header(bad, "WWW-Authenticate"))
        .contains("Bearer realm=\"Synapse Repository Services\"");
  }

  @Test
  void a_missing_scope_is_403_in_the_form_of_oauth() {
    synapse.actAs(TestSynapse.READER);
    var refused = synapse.post("/repo/v1/entity", Json.object());
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("error")).isEqualTo("insufficient_scope");
    assertThat(refused.text("error_description"))
        .isEqualTo("Request lacks scope(s) required by this service: modify");
  }

  @Test
  void the_601st_request_of_a_minute_is_429_until_the_window_has_passed() {
    for (int i = 0; i < Throttle.REQUESTS; i++) {
      assertThat(synapse.get("/repo/v1/userProfile").status()).isEqualTo(200);
    }
    var refused = synapse.get("/repo/v1/userProfile");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.reason())
        .isEqualTo("Requests are too frequent. Allowed 600 requests every 60 seconds.");
    assertThat(refused.json()).hasSize(1);
    assertThat(anonymously("/repo/v1/userProfile").status()).isEqualTo(200);
    synapse.clock.move(Duration.ofSeconds(60));
    assertThat(synapse.get("/repo/v1/userProfile").status()).isEqualTo(200);
  }

  @Test
  void maintenance_is_503_for_reads_too_but_not_for_the_status() {
    Stack stack = synapse.platform.stack();
    stack.set(Stack.Status.READ_ONLY, Optional.empty());
    var refused = synapse.get("/repo/v1/userProfile");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.reason()).isEqualTo("Synapse is down for maintenance.");
    assertThat(synapse.get("/file/v1/fileHandle/1").status()).isEqualTo(503);
    assertThat(anonymously("/ga4gh/drs/v1/service-info").status()).isEqualTo(503);
    assertThat(synapse.get("/repo/v1/status").text("status")).isEqualTo("READ_ONLY");
    stack.set(Stack.Status.DOWN, Optional.of("Back at noon."));
    assertThat(synapse.get("/repo/v1/userProfile").reason()).isEqualTo("Back at noon.");
    assertThat(synapse.get("/repo/v1/status").text("currentMessage")).isEqualTo("Back at noon.");
    stack.set(Stack.Status.READ_WRITE, Optional.empty());
    assertThat(synapse.get("/repo/v1/userProfile").status()).isEqualTo(200);
  }

  @Test
  void the_session_cookie_is_set_once() {
    var first = synapse.get("/repo/v1/userProfile");
    String cookie = synapse.header(first, "Set-Cookie").orElseThrow();
    assertThat(cookie).startsWith("sessionID=").contains("HttpOnly");
    var second =
        synapse.send(
            synapse
                .request("/repo/v1/userProfile")
                .header("Cookie", cookie.substring(0, cookie.indexOf(';'))));
    assertThat(synapse.header(second, "Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "/repo/v1", "/repo/v1/", "/file/v1", "/auth/v1", "/repo/v1/version"})
  void bases_and_the_version_answer_anyone(String path) {
    assertThat(anonymously(path).status()).isEqualTo(200);
  }

  @Test
  void a_service_does_not_answer_for_another() {
    assertThat(synapse.post("/repo/v1/fileHandle/batch", Json.object()).status()).isEqualTo(404);
    assertThat(synapse.get("/repo/v1/userProfile/").status()).isEqualTo(200);
    assertThat(synapse.delete("/repo/v1/userProfile").status()).isEqualTo(405);
  }

  @Test
  void a_body_above_2_mib_is_413_and_one_that_is_not_json_400() {
    ObjectNode big = Json.object().put("name", "x".repeat(2 << 20));
    assertThat(synapse.post("/repo/v1/activity", big).status()).isEqualTo(413);
    var garbled =
        synapse.send(
            synapse
                .request("/repo/v1/activity")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"a\":")));
    assertThat(garbled.status()).isEqualTo(400);
    var text =
        synapse.send(
            synapse
                .request("/repo/v1/activity")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(text.status()).isEqualTo(415);
  }
}
