package io.towpath.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.control.Counters;
import io.towpath.sandbox.control.Faults;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.control.Mask;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.http.ApiCalls;
import io.towpath.sandbox.http.ApiCalls.Answer;
import io.towpath.sandbox.http.PlatformServer;
import io.towpath.sandbox.image.ImageRegistry;
import io.towpath.sandbox.image.OciImage;
import io.towpath.sandbox.image.Puller;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The engine on a port, with one image in its registry and pulled, and a client for it. */
final class TestContainers implements AutoCloseable {
  static final String IMAGE = "127.0.0.1:5000/demo/tool:1.0";

  final Plans plans = new Plans();
  private final Journal journal = new Journal(InstantSource.system(), new Mask());
  private final ImageRegistry registry = new ImageRegistry();
  private final ContainerPlatform platform;
  private final PlatformServer server;
  final ApiCalls api;
  final String digest;

  TestContainers(Path folder) {
    digest = registry.publish("demo/tool", "1.0", image());
    URI registryUri = URI.create("http://127.0.0.1:5000");
    platform =
        new ContainerPlatform(
            new ContainerSettings(
                folder, new Puller(registry, () -> registryUri), InstantSource.system()),
            plans);
    server =
        new PlatformServer(
            platform, new PlatformServer.Watch(journal, new Counters(), new Faults()), 0);
    api = new ApiCalls(server.uri(), Map.of());
    api.post("/v1.41/images/create?fromImage=127.0.0.1:5000/demo/tool&tag=1.0", "");
  }

  private static OciImage image() {
    byte[] hello = "#!/bin/sh\necho hello $1\n".getBytes(StandardCharsets.UTF_8);
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.putArray("Env").add("PATH=/opt/tool:/usr/bin:/bin").add("OF=image");
    settings.putArray("Cmd").add("hello").add("image");
    settings.put("WorkingDir", "/work").putObject("Labels").put("of", "image");
    List<OciImage.File> files =
        List.of(
            OciImage.File.folder("run/secrets/"), new OciImage.File("opt/tool/hello", 0755, hello));
    return OciImage.build(files, settings, List.of("amd64", "arm64"));
  }

  /** Creates a container of a shell script; quotes in it must be single ones. */
  String shell(String name, String script) {
    ObjectNode body = body();
    body.putArray("Cmd").add("sh").add("-c").add(script);
    return create(name, body);
  }

  static ObjectNode body() {
    return JsonNodeFactory.instance.objectNode().put("Image", IMAGE);
  }

  String create(String name, ObjectNode body) {
    Answer answer = api.post("/containers/create?name=" + name, body.toString());
    if (answer.status() != 201) {
      throw new AssertionError(answer.text());
    }
    return answer.at("/Id");
  }

  int start(String name) {
    return api.post("/containers/" + name + "/start", "").status();
  }

  /** Waits for the end and answers the exit code. */
  int end(String name) {
    return Integer.parseInt(api.post("/containers/" + name + "/wait", "").at("/StatusCode"));
  }

  /** Runs a container to its end and answers what it wrote to standard output. */
  String run(String name) {
    start(name);
    end(name);
    return api.get("/containers/" + name + "/logs?stdout=1")
        .text()
        .replaceAll("\\p{Cntrl}(?<!\n)", "");
  }

  JsonNode state(String name) {
    return api.get("/containers/" + name + "/json").body().path("State");
  }

  /** The names that a listing shows, for filters as JSON. */
  List<String> listed(String filters) {
    String encoded = URLEncoder.encode(filters, StandardCharsets.UTF_8);
    Answer list = api.get("/containers/json?all=1&filters=" + encoded);
    return list.body().findValues("Names").stream().map(names -> names.path(0).asText()).toList();
  }

  void plan(String match, Plans.Step... steps) {
    plans.add("container", Pattern.compile(match), 1, List.of(steps));
  }

  static Plans.Step step(String status, Duration lasts) {
    return new Plans.Step(status, lasts, MissingNode.getInstance());
  }

  List<Journal.Effect> committed() {
    return journal.list(0, Journal.Effect::committed);
  }

  @Override
  public void close() throws IOException {
    platform.close();
    server.close();
  }
}
