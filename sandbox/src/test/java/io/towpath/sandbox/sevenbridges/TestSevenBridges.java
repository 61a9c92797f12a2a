package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import io.towpath.sandbox.http.PlatformServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The stand-in on a port, with a clock that only moves when told, and a client for it. */
final class TestSevenBridges implements AutoCloseable {
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

  /** An answer; the body is a missing node when there is none. */
  record Answer(int status, HttpHeaders headers, JsonNode body, String text) {
    int code() {
      return body.path("code").asInt(-1);
    }

    String id() {
      return body.path("id").asText();
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    List<String> names() {
      return body.path("items").findValuesAsText("name");
    }

    /** The codes of a bulk answer's items; 0 where there is a resource. */
    List<Integer> codes() {
      return java.util.stream.StreamSupport.stream(body.path("items").spliterator(), false)
          .map(item -> item.path("error").path("code").asInt(0))
          .toList();
    }
  }

  final Time time = new Time();
  final HeapStore store = new HeapStore();
  final Plans plans = new Plans();
  final Faults faults = new Faults();
  final SevenBridgesPlatform platform;
  final String project;
  final String app;
  final String readOnly;
  final String readWrite;
  private final Journal journal = new Journal(time, new Mask());
  private final PlatformServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  TestSevenBridges(boolean limits) {
    this(limits, Optional.empty());
  }

  TestSevenBridges(boolean limits, Optional<CwlRunner> cwl) {
    store.createBucket(BUCKET);
    platform =
        new SevenBridgesPlatform(
            new SevenBridgesSettings(
                "ann",
                TOKEN,
                limits,
                1,
                1,
                "platform-own",
                (bucket, key) -> "http://s3.invalid/" + bucket + "/" + key,
                cwl,
                time),
            store,
            plans);
    SevenBridgesSeed seed = platform.seed();
    project = seed.project("lab");
    readOnly = seed.volume("ro", BUCKET, "reads", false);
    readWrite = seed.volume("rw", BUCKET, "out", true);
    app = seed.app(project, "tool", tool());
    server =
        new PlatformServer(platform, new PlatformServer.Watch(journal, new Counters(), faults), 0);
  }

  /** An app with every shape of input and output. */
  static ObjectNode tool() {
    return object(
        """
        {"class":"CommandLineTool","cwlVersion":"v1.2","label":"tool",
         "inputs":[{"id":"#reads","type":"File[]"},{"id":"sample","type":"string"},
                   {"id":"mates","type":["null",{"type":"array","items":"File"}]},
                   {"id":"depth","type":"int?","default":3},
                   {"id":"strand","type":["null",{"type":"enum","symbols":["fr","rf"]}]},
                   {"id":"index","type":"Directory?"},{"id":"log_name","type":"string?"}],
         "outputs":[{"id":"bam","type":"File","outputBinding":{"glob":"$(inputs.sample).bam"},
                     "secondaryFiles":[".bai","^.md5"]},
                    {"id":"parts","type":"File[]","outputBinding":{"glob":"*.part"}},
                    {"id":"nested","type":{"type":"array","items":
                                           {"type":"array","items":"File"}}},
                    {"id":"folder","type":"Directory"},{"id":"count","type":"int"},
                    {"id":"log","type":"File?","outputBinding":{"glob":"$(inputs.log_name)"}}]}
        """);
  }

  static ObjectNode object(String json) {
    try {
      return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI api() {
    return server.uri().resolve("/v2");
  }

  Answer get(String path) {
    return call("GET", path, "null");
  }

  Answer post(String path, String json) {
    return call("POST", path, json.replace('\'', '"'));
  }

  Answer call(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : api() + path))
            .header("X-SBG-Auth-Token", TOKEN)
            .header("Content-Type", "application/json");
    return send(request.method(method, HttpRequest.BodyPublishers.ofString(body)).build());
  }

  Answer send(HttpRequest request) {
    try {
      HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode body =
          reply.body().isEmpty()
              ? JsonNodeFactory.instance.missingNode()
              : JSON.readTree(reply.body());
      return new Answer(reply.statusCode(), reply.headers(), body, reply.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void pass(long millis) {
    time.pass(Duration.ofMillis(millis));
  }

  /** An object below the read-only volume's prefix. */
  void object(String location, String content) {
    store.put(BUCKET, "reads/" + location, "text/plain", content.getBytes(StandardCharsets.UTF_8));
  }

  /** Imports a new object into the project and returns the file's id. */
  String imported(String name) {
    object(name, "bytes of " + name);
    Answer job =
        post(
            "/storage/imports",
            "{'source':{'volume':'%s','location':'%s'},'destination':{'project':'%s'}}"
                .formatted(readOnly, name, project));
    pass(500);
    return get("/storage/imports/" + job.id()).body().path("result").path("id").asText();
  }

  /** A body for a task that is good to run. */
  String good(String name, String fileId) {
    return """
    {'name':'%s','project':'%s','app':'%s',
     'inputs':{'reads':[{'class':'File','path':'%s'}],'sample':'%s'}}
    """
        .formatted(name, project, app, fileId, name);
  }

  void plan(String match, Plans.Step... steps) {
    plans.add("sevenbridges", Pattern.compile(match), 1, List.of(steps));
  }

  static Plans.Step step(String status, long millis) {
    return new Plans.Step(
        status, Duration.ofMillis(millis), JsonNodeFactory.instance.missingNode());
  }

  static Plans.Step step(String status, String detail) {
    return new Plans.Step(status, Duration.ZERO, object(detail));
  }

  long effects() {
    return journal.list(-1, Journal.Effect::committed).size();
  }

  List<Journal.Effect> journal() {
    return journal.list(-1, any -> true);
  }

  @Override
  public void close() {
    server.close();
    platform.close();
  }
}
