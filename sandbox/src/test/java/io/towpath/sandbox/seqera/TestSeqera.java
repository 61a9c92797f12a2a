package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.control.Counters;
import io.towpath.sandbox.control.Faults;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.control.Mask;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.engine.HeapStore;
import io.towpath.sandbox.engine.Repository;
import io.towpath.sandbox.engine.SimulatedEngine;
import io.towpath.sandbox.http.PlatformServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The stand-in on a port, with a clock that only moves when told, and a client for it. */
final class TestSeqera implements AutoCloseable {
  static final String TOKEN = "token-of-at-least-20-characters";
  static final String BUCKET = "demo";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Time as tests set it. */
  static final class Time implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    synchronized void pass(Duration duration) {
      now = now.plus(duration);
    }
  }

  /** Status and body of an answer; the body is a missing node when there is none. */
  record Answer(int status, JsonNode body, String text) {
    String message() {
      return body.path("message").asText();
    }
  }

  final Time time = new Time();
  final HeapStore store = new HeapStore();
  final Plans plans = new Plans();
  final SeqeraPlatform platform;
  final long pipelineId;
  private final Journal journal = new Journal(time, new Mask());
  private final SimulatedEngine engine = new SimulatedEngine(store, time, 1);
  private final PlatformServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  TestSeqera(UnaryOperator<SeqeraSettings> change) {
    store.createBucket(BUCKET);
    SeqeraSettings settings =
        SeqeraSettings.of(TOKEN, this::api, "s3://" + BUCKET + "/work")
            .withClock(time)
            .withLimits(false, 1);
    platform = new SeqeraPlatform(change.apply(settings), store, engine, plans);
    pipelineId =
        platform.seed().pipeline("reads", "Summarises reads", Repository.DEMO.url(), "1.0.0");
    server =
        new PlatformServer(
            platform, new PlatformServer.Watch(journal, new Counters(), new Faults()), 0);
  }

  URI api() {
    return server.uri().resolve("/api");
  }

  URI web() {
    return server.uri();
  }

  long workspaceId() {
    return platform.seed().workspaceId();
  }

  /** A call within the workspace; {@code path} may have a query of its own. */
  Answer call(String method, String path, Object body) {
    String joint = path.contains("?") ? "&" : "?";
    return raw(method, api() + path + joint + "workspaceId=" + workspaceId(), body, TOKEN);
  }

  Answer get(String path) {
    return call("GET", path, "");
  }

  Answer post(String path, Object body) {
    return call("POST", path, body);
  }

  Answer raw(String method, String uri, Object body, String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    request.header("Content-Type", "application/json");
    request.method(method, HttpRequest.BodyPublishers.ofString(body.toString()));
    return send(request.build());
  }

  Answer send(HttpRequest request) {
    try {
      HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
      String type = reply.headers().firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
      JsonNode body =
          type.startsWith("application/json")
              ? JSON.readTree(reply.body())
              : JsonNodeFactory.instance.missingNode();
      return new Answer(reply.statusCode(), body, reply.body());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The smallest launch that is accepted. */
  ObjectNode quick(String runName) {
    ObjectNode launch = JsonNodeFactory.instance.objectNode();
    launch.put("computeEnvId", platform.seed().computeEnv()).put("runName", runName);
    launch.put("pipeline", Repository.DEMO.url()).put("revision", "1.0.0");
    launch.put("workDir", "s3://" + BUCKET + "/work/");
    return launch.put("paramsText", "{\"outdir\":\"s3://" + BUCKET + "/out\"}");
  }

  Answer launch(ObjectNode launch) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    return post("/workflow/launch", body.set("launch", launch));
  }

  /** Launches what must be accepted, and returns the run's id. */
  String launched(ObjectNode launch) {
    Answer answer = launch(launch);
    if (answer.status() != 200) {
      throw new AssertionError("launch refused: " + answer);
    }
    return answer.body().path("workflowId").asText();
  }

  JsonNode workflow(String id) {
    return get("/workflow/" + id).body().path("workflow");
  }

  List<String> found(String query) {
    return get("/workflow" + query).body().findValuesAsText("runName");
  }

  void plan(String match, Plans.Step... steps) {
    plans.add("seqera", Pattern.compile(match), 1, List.of(steps));
  }

  static Plans.Step step(String status, long millis) {
    return new Plans.Step(
        status, Duration.ofMillis(millis), JsonNodeFactory.instance.missingNode());
  }

  static Plans.Step step(String status, String detail) throws IOException {
    return new Plans.Step(status, Duration.ZERO, JSON.readTree(detail));
  }

  void pass(long millis) {
    time.pass(Duration.ofMillis(millis));
  }

  long effects() {
    return journal.list(-1, effect -> effect.committed()).size();
  }

  @Override
  public void close() {
    server.close();
    engine.close();
  }
}
