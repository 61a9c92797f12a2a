package io.towpath.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.sandbox.control.ControlCalls;
import io.towpath.sandbox.control.ControlServer;
import io.towpath.sandbox.control.Counters;
import io.towpath.sandbox.control.Faults;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.control.Mask;
import io.towpath.sandbox.control.Plans;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
final class PlatformServerTest {
  private static final String NOTE = "{\"text\":\"a\",\"accessToken\":\"hush\"}";

  private final NotesPlatform platform = new NotesPlatform();
  private final Mask mask = new Mask();
  private final Journal journal = new Journal(InstantSource.system(), mask);
  private final Counters counters = new Counters();
  private final Faults faults = new Faults();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final PlatformServer server;
  private final ControlServer control;

  PlatformServerTest() {
    server = new PlatformServer(platform, new PlatformServer.Watch(journal, counters, faults), 0);
    control =
        new ControlServer(
            new ControlCalls(journal, counters, faults, new Plans(), Map.of(), Map::of), 0);
  }

  @BeforeEach
  void knows_a_secret() {
    mask.add("a-generated-secret");
  }

  @AfterEach
  void stop() {
    server.close();
    control.close();
  }

  @Test
  void literals_win_over_variables_and_slashes_collapse() throws Exception {
    assertThat(get("/repo/v1/note/latest").body()).isEqualTo("latest");
    assertThat(get("/repo/v1//note///n%2F1%20+").body()).isEqualTo("n/1 +");
    assertThat(get("/auth/v1/file/a/b%20c").body()).isEqualTo("a/b c");
  }

  @Test
  void wrong_paths_and_methods_get_the_platforms_own_error() throws Exception {
    assertThat(get("/note").statusCode()).isEqualTo(404);
    HttpResponse<String> wrong = send("DELETE", "/repo/v1/note", "");
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(wrong.headers().firstValue("Allow")).contains("GET, POST");
    assertThat(get("/repo/v1/bug").body()).contains("\"reason\":\"internal error\"");
  }

  @Test
  void it_answers_on_localhost_too() throws Exception {
    URI uri =
        URI.create(server.uri().toString().replace("127.0.0.1", "localhost") + "/repo/v1/open");
    HttpResponse<String> reply =
        http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(reply.body()).isEqualTo("open");
  }

  @Test
  void callers_without_credentials_are_refused_and_journalled() throws Exception {
    HttpRequest anonymous =
        HttpRequest.newBuilder(uri("/repo/v1/note"))
            .POST(HttpRequest.BodyPublishers.ofString(NOTE))
            .build();
    assertThat(http.send(anonymous, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(401);
    assertThat(effects())
        .extracting(Journal.Effect::status, Journal.Effect::committed, Journal.Effect::replied)
        .containsExactly(tuple(401, false, true));
  }

  @Test
  void only_calls_within_the_limits_are_released() throws Exception {
    platform.throttling = true;
    assertThat(get("/repo/v1/note").statusCode()).isEqualTo(429);
    platform.throttling = false;
    assertThat(get("/repo/v1/note").statusCode()).isEqualTo(200);
    assertThat(platform.inFlight).hasValue(0);
  }

  @Test
  void bodies_above_the_platforms_limit_get_413() throws Exception {
    HttpResponse<String> reply =
        send("POST", "/repo/v1/note", "x".repeat(NotesPlatform.MOST_BYTES + 1));
    assertThat(reply.statusCode()).isEqualTo(413);
    assertThat(send("PUT", "/repo/v1/blob/1", "x".repeat(1_000_000)).body()).isEqualTo("1000000");
  }

  @Test
  void the_journal_masks_secrets() throws Exception {
    create("{\"text\":\"say a-generated-secret\",\"accessToken\":\"hush\",\"key\":\"k\"}");
    Journal.Effect effect = effects().get(0);
    assertThat(effect.request().orElseThrow().toString())
        .isEqualTo("{\"text\":\"say ***\",\"accessToken\":\"***\",\"key\":\"k\"}");
    assertThat(effect.object().orElseThrow().id()).isEqualTo("n1");
  }

  @Test
  void refuse_resets_the_connection_before_the_body_is_read() throws Exception {
    arm("POST /note", "{\"kind\":\"refuse\"}");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort())) {
      request(socket, 9, "");
      InputStream in = socket.getInputStream();
      assertThatThrownBy(in::read).isInstanceOf(SocketException.class);
    }
    assertThat(platform.count()).isZero();
    assertThat(counters.list()).containsExactly(new Counters.Count("synapse", "POST /note", 0, 1));
  }

  @Test
  void a_drop_before_commit_leaves_nothing() throws Exception {
    arm("POST /note", "{\"kind\":\"drop-before-commit\"}");
    assertThatThrownBy(() -> create(NOTE)).isInstanceOf(IOException.class);
    assertThat(platform.count()).isZero();
    assertThat(effects()).extracting(Journal.Effect::committed).containsExactly(false);
  }

  @Test
  void a_drop_after_commit_keeps_the_change_and_loses_the_reply() throws Exception {
    arm("POST /note", "{\"kind\":\"drop-after-commit\"}");
    assertThatThrownBy(() -> create(NOTE)).isInstanceOf(IOException.class);
    assertThat(platform.count()).isEqualTo(1);
    assertThat(effects())
        .extracting(Journal.Effect::committed, Journal.Effect::replied)
        .containsExactly(tuple(true, false));
    assertThat(create(NOTE).statusCode()).isEqualTo(201);
  }

  @Test
  void a_late_commit_happens_after_the_connection_is_gone() throws Exception {
    arm("POST /note", "{\"kind\":\"late-commit\",\"ms\":300}");
    assertThatThrownBy(() -> create(NOTE)).isInstanceOf(IOException.class);
    assertThat(effects()).extracting(Journal.Effect::committed).containsExactly(false);
    await().until(() -> platform.count() == 1 && effects().get(0).committed());
    assertThat(effects().get(0).object().orElseThrow().id()).isEqualTo("n1");
  }

  @Test
  void a_late_commit_of_a_stream_keeps_its_bytes() throws Exception {
    arm("PUT /blob/{any}", "{\"kind\":\"late-commit\",\"ms\":50}");
    assertThatThrownBy(() -> send("PUT", "/repo/v1/blob/1", "x".repeat(500_000)))
        .isInstanceOf(IOException.class);
    await().until(() -> effects().get(0).committed());
    assertThat(effects().get(0).object().orElseThrow().name()).isEqualTo("500000");
  }

  @Test
  void status_answers_without_change() throws Exception {
    arm(
        "POST /note",
        "{\"kind\":\"status\",\"code\":503,\"headers\":{\"Retry-After\":\"1\"},\"body\":{\"a\":1}}");
    HttpResponse<String> reply = create(NOTE);
    assertThat(reply.statusCode()).isEqualTo(503);
    assertThat(reply.body()).isEqualTo("{\"a\":1}");
    assertThat(reply.headers().firstValue("retry-after")).contains("1");
    assertThat(platform.count()).isZero();
  }

  @Test
  void status_after_commit_hides_the_success() throws Exception {
    arm("POST /note", "{\"kind\":\"status-after-commit\",\"code\":502,\"body\":\"oops\"}");
    HttpResponse<String> reply = create(NOTE);
    assertThat(reply.statusCode()).isEqualTo(502);
    assertThat(reply.body()).isEqualTo("oops");
    assertThat(platform.count()).isEqualTo(1);
    assertThat(effects())
        .extracting(Journal.Effect::status, Journal.Effect::committed, Journal.Effect::replied)
        .containsExactly(tuple(502, true, true));
  }

  @Test
  void truncate_cuts_the_body_after_the_given_bytes() throws Exception {
    arm("POST /note", "{\"kind\":\"truncate\",\"bytes\":4}");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort())) {
      request(socket, NOTE.length(), NOTE);
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(all)
          .startsWith("HTTP/1.1 201")
          .contains("Content-Length: 11")
          .endsWith("\r\n\r\n{\"id");
    }
    assertThat(platform.count()).isEqualTo(1);
  }

  @Test
  void delay_waits_and_then_goes_on() throws Exception {
    arm("POST /note", "{\"kind\":\"delay\",\"ms\":50}");
    assertThat(create(NOTE).statusCode()).isEqualTo(201);
    assertThat(platform.count()).isEqualTo(1);
  }

  @Test
  void hang_closes_in_the_end_without_change() throws Exception {
    arm("POST /note", "{\"kind\":\"hang\",\"ms\":100}");
    assertThatThrownBy(() -> create(NOTE)).isInstanceOf(IOException.class);
    assertThat(platform.count()).isZero();
    assertThat(platform.inFlight).hasValue(0);
  }

  @Test
  void html_answers_200_with_a_page() throws Exception {
    arm("POST /note", "{\"kind\":\"html\"}");
    HttpResponse<String> reply = create(NOTE);
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("content-type").orElse("")).startsWith("text/html");
    assertThat(platform.count()).isZero();
  }

  @Test
  void hide_keeps_the_object_out_of_listings_for_a_while() throws Exception {
    arm("POST /note", "{\"kind\":\"hide\",\"ms\":400}");
    assertThat(create(NOTE).statusCode()).isEqualTo(201);
    assertThat(get("/repo/v1/note").body()).isEqualTo("[]");
    await().until(() -> get("/repo/v1/note").body().equals("[\"a\"]"));
  }

  @Test
  void corrupt_flips_exactly_one_bit() throws Exception {
    arm("GET /note/{id}", "{\"kind\":\"corrupt\"}");
    byte[] sent = "abcdef".getBytes(StandardCharsets.UTF_8);
    byte[] got = get("/repo/v1/note/abcdef").body().getBytes(StandardCharsets.UTF_8);
    int flipped = 0;
    for (int i = 0; i < sent.length; i++) {
      flipped += Integer.bitCount((sent[i] ^ got[i]) & 0xff);
    }
    assertThat(flipped).isEqualTo(1);
  }

  @Test
  void redirect_points_elsewhere() throws Exception {
    arm("GET /note", "{\"kind\":\"redirect\",\"to\":\"http://127.0.0.1:9/x\"}");
    HttpResponse<String> reply = get("/repo/v1/note");
    assertThat(reply.statusCode()).isEqualTo(302);
    assertThat(reply.headers().firstValue("location")).contains("http://127.0.0.1:9/x");
  }

  @Test
  void skip_times_and_bodies_choose_the_calls() throws Exception {
    control(
        "POST",
        "/faults",
        "{\"platform\":\"synapse\",\"route\":\"POST /note\",\"skip\":1,\"times\":2,"
            + "\"bodyMatches\":\"\\\"b+\\\"\",\"do\":{\"kind\":\"status\",\"code\":500}}");
    assertThat(
            List.of(
                create("{\"text\":\"b\"}").statusCode(),
                create("{\"text\":\"a\"}").statusCode(),
                create("{\"text\":\"bb\"}").statusCode(),
                create("{\"text\":\"b\"}").statusCode(),
                create("{\"text\":\"b\"}").statusCode()))
        .containsExactly(201, 201, 500, 500, 201);
    assertThat(
            new ObjectMapper().readTree(control("GET", "/faults", "").body()).at("/0/hits").asInt())
        .isEqualTo(2);
  }

  private static void request(Socket socket, int length, String body) throws IOException {
    List<String> head =
        List.of(
            "POST /repo/v1/note HTTP/1.1",
            "Host: x",
            "Authorization: me",
            "Content-Length: " + length,
            "",
            body);
    socket.getOutputStream().write(String.join("\r\n", head).getBytes(StandardCharsets.US_ASCII));
  }

  private HttpResponse<String> arm(String route, String effect) throws Exception {
    return control(
        "POST",
        "/faults",
        "{\"platform\":\"synapse\",\"route\":\"" + route + "\",\"do\":" + effect + "}");
  }

  private HttpResponse<String> control(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(control.uri() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> reply = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(reply.statusCode()).isBetween(200, 299);
    return reply;
  }

  private List<Journal.Effect> effects() {
    return journal.list(0, any -> true);
  }

  private HttpResponse<String> create(String body) throws Exception {
    return send("POST", "/repo/v1/note", body);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, "");
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", "me")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create(server.uri() + path);
  }
}
