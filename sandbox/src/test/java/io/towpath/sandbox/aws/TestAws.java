package io.towpath.sandbox.aws;

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
import io.towpath.sandbox.http.Platform;
import io.towpath.sandbox.http.PlatformServer;
import io.towpath.sandbox.image.ImageRegistry;
import io.towpath.sandbox.image.OciImage;
import io.towpath.sandbox.image.Puller;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** The three services on ports, a clock that only moves when told, and a client that signs. */
final class TestAws implements AutoCloseable {
  static final String REGION = "us-east-1";
  static final String SECRET_ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:s-abc";
  static final String OWN_IMAGE = "127.0.0.1:5000/demo/tool:1.0";
  static final Duration LAG = Duration.ofSeconds(5);
  private static final AwsSettings.Keys KEYS =
      new AwsSettings.Keys("KEYOFTHETEST00000000", "secret-of-the-test-0123456789", REGION);
  private static final Map<String, String> TARGETS =
      Map.of("ecs", "AmazonEC2ContainerServiceV20141113.", "logs", "Logs_20140328.");

  private volatile Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private final InstantSource clock = () -> now;
  private final Plans plans = new Plans();
  private final Journal journal = new Journal(clock, new Mask());
  private final Aws aws;
  private final Map<String, PlatformServer> servers = new LinkedHashMap<>();

  TestAws(Path folder, Duration listLag) {
    ImageRegistry registry = new ImageRegistry();
    byte[] hello = "#!/bin/sh\necho hello $1 $SECRET\nexit 4\n".getBytes(StandardCharsets.UTF_8);
    registry.publish(
        "demo/tool",
        "1.0",
        OciImage.build(
            List.of(new OciImage.File("bin/hello", 0755, hello)),
            JsonNodeFactory.instance.objectNode(),
            List.of("amd64", "arm64")));
    Puller puller = new Puller(registry, () -> URI.create("http://127.0.0.1:5000"));
    aws =
        new Aws(
            new AwsSettings(
                KEYS,
                new AwsSettings.Times(
                    listLag, Duration.ofHours(24), Duration.ofHours(1), Duration.ofHours(24), 1),
                false,
                new AwsSettings.Programs(puller, folder),
                Map.of(SECRET_ARN, "hidden"),
                clock),
            plans);
    for (Platform platform : List.of(aws.batch(), aws.ecs(), aws.logs())) {
      PlatformServer.Watch watch = new PlatformServer.Watch(journal, new Counters(), new Faults());
      servers.put(platform.name(), new PlatformServer(platform, watch, 0));
    }
  }

  void pass(Duration duration) {
    now = now.plus(duration);
  }

  /** Calls a Batch operation; apostrophes stand for quotes. */
  Answer batch(String operation, String body) {
    return call("batch", "/v1/" + operation, body, KEYS);
  }

  /** Calls an operation of ECS or Logs. */
  Answer call(String service, String operation, String body) {
    return call(service, operation, body, KEYS);
  }

  Answer call(String service, String operation, String body, AwsSettings.Keys keys) {
    boolean byPath = operation.startsWith("/");
    URI uri = base(service).resolve(byPath ? operation : "/");
    String sent = body.replace('\'', '"');
    SdkHttpRequest.Builder request = SdkHttpRequest.builder().uri(uri).method(SdkHttpMethod.POST);
    if (!byPath) {
      request.putHeader("X-Amz-Target", TARGETS.getOrDefault(service, "") + operation);
    }
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                to ->
                    to.identity(AwsCredentialsIdentity.create(keys.id(), keys.secret()))
                        .request(request.build())
                        .payload(ContentStreamProvider.fromUtf8String(sent))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, keys.region()))
            .request();
    Map<String, String> headers = new LinkedHashMap<>();
    signed.headers().forEach((name, values) -> headers.put(name, String.join(",", values)));
    headers.keySet().removeIf(name -> name.equals("Host") || name.equals("Content-Length"));
    return new ApiCalls(base(service), headers).post(uri.getPath(), sent);
  }

  Answer unsigned(String service, String path, String body) {
    return new ApiCalls(base(service), Map.of()).post(path, body);
  }

  private URI base(String service) {
    return servers.entrySet().stream()
        .filter(server -> server.getKey().equals(service))
        .findFirst()
        .orElseThrow()
        .getValue()
        .uri();
  }

  void plan(String platform, String match, Plans.Step... steps) {
    plans.add(platform, Pattern.compile(match), 1, List.of(steps));
  }

  static Plans.Step step(String status, int seconds) {
    return new Plans.Step(status, Duration.ofSeconds(seconds), MissingNode.getInstance());
  }

  static Plans.Step end(String status, String errorMessage) {
    ObjectNode detail = JsonNodeFactory.instance.objectNode().put("errorMessage", errorMessage);
    return new Plans.Step(status, Duration.ZERO, detail);
  }

  static Plans.Step end(String status, String errorMessage, int exit) {
    Plans.Step end = end(status, errorMessage);
    ((ObjectNode) end.detail()).put("exitStatus", exit);
    return end;
  }

  static List<String> texts(JsonNode list, String field) {
    return list.findValuesAsText(field);
  }

  List<Journal.Effect> committed() {
    return journal.list(0, Journal.Effect::committed);
  }

  @Override
  public void close() throws IOException {
    aws.close();
    servers.values().forEach(PlatformServer::close);
  }
}
