package io.towpath.activities.containers.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.containers.ContainerScene;
import io.towpath.activities.containers.SandboxFaults;
import io.towpath.activities.submit.MemoryLedger;
import io.towpath.sandbox.aws.Aws;
import io.towpath.sandbox.aws.AwsSettings;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.http.PlatformServer;
import io.towpath.sandbox.image.ImageRegistry;
import io.towpath.sandbox.image.OciImage;
import io.towpath.sandbox.image.Puller;
import io.towpath.workflows.containers.Executor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The sandbox's Batch, ECS and Logs, and the adapters before them. */
final class AwsSandbox implements AutoCloseable {
  static final String SUBMIT = "POST /v1/submitjob";
  static final String RUN = "RunTask";
  static final String REGION = "us-east-1";
  static final String SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:s-abc";
  static final String VALUE = "the-password-of-the-test";

  /** The stand-in's programs: one that says hello and fails, with what it was given. */
  private static final String HELLO = "#!/bin/sh\necho hello $1 $A ${#PASSWORD}\nexit ${2:-0}\n";

  final SandboxFaults faults = new SandboxFaults();
  final Plans plans = new Plans();
  private final Aws aws;
  private final String image;
  private final PlatformServer batch;
  private final PlatformServer ecs;
  private final PlatformServer logs;
  private final PlatformServer manager;
  private final PlatformServer parameters;
  private volatile Duration ahead = Duration.ZERO;

  AwsSandbox() {
    ImageRegistry registry = new ImageRegistry();
    String digest =
        registry.publish(
            "demo/tool",
            "1.0",
            OciImage.build(
                List.of(
                    new OciImage.File("bin/hello", 0755, HELLO.getBytes(StandardCharsets.UTF_8))),
                JsonNodeFactory.instance.objectNode(),
                List.of("amd64", "arm64")));
    URI host = URI.create("http://127.0.0.1:5000");
    image = host.getAuthority() + "/demo/tool@" + digest;
    AwsSettings.Keys keys =
        new AwsSettings.Keys("KEYOFTHETEST00000000", "secret-of-the-test-0123456789", REGION);
    InstantSource clock = () -> Instant.now().plus(ahead);
    aws =
        new Aws(
            new AwsSettings(
                keys,
                new AwsSettings.Times(
                    Duration.ZERO,
                    Duration.ofHours(24),
                    Duration.ofHours(1),
                    Duration.ofHours(24),
                    1),
                false,
                new AwsSettings.Programs(new Puller(registry, () -> host), folder()),
                Map.of(SECRET, VALUE, "/demo/parameter", VALUE),
                clock),
            plans);
    batch = faults.serve(aws.batch());
    ecs = faults.serve(aws.ecs());
    logs = faults.serve(aws.logs());
    manager = faults.serve(aws.secretsManager());
    parameters = faults.serve(aws.parameters());
  }

  AwsConnection connection() {
    return new AwsConnection(
        Map.of(
            "BATCH", batch.uri(),
            "ECS", ecs.uri(),
            "CLOUDWATCH_LOGS", logs.uri(),
            "SECRETS_MANAGER", manager.uri(),
            "SSM", parameters.uri()),
        Optional.of(REGION),
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create("KEYOFTHETEST00000000", "secret-of-the-test-0123456789")),
        AwsConnection.LOG_GROUP);
  }

  ContainerScene batch(Duration settle) {
    return new ContainerScene(
        new BatchExecutor(connection(), ContainerScene.unheard()), batchQueue(), image, settle);
  }

  ContainerScene ecs(Duration settle) {
    MemoryLedger ledger = new MemoryLedger();
    return new ContainerScene(
        new EcsExecutor(connection(), ContainerScene.unheard(), ledger),
        ecsCluster(),
        image,
        settle,
        ledger);
  }

  Executor batchQueue() {
    return executor("aws-batch", Optional.of(seeded("jobQueue")), Optional.empty(), List.of());
  }

  Executor ecsCluster() {
    return executor(
        "aws-ecs", Optional.empty(), Optional.of(seeded("cluster")), List.of(seeded("subnet")));
  }

  private Executor executor(
      String type, Optional<String> queue, Optional<String> cluster, List<String> subnets) {
    return new Executor(
        type,
        "default",
        queue,
        cluster,
        subnets,
        List.of(seeded("securityGroup")),
        Optional.of(seeded("executionRole")),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private String seeded(String name) {
    return Optional.ofNullable(aws.seed().get(name)).orElseThrow();
  }

  /** How the next one with this name goes on. */
  void plan(String platform, String name, Plans.Step... steps) {
    plans.add(platform, Pattern.compile(name), 1, List.of(steps));
  }

  static Plans.Step step(String status) {
    return new Plans.Step(status, Duration.ofHours(1), MissingNode.getInstance());
  }

  static Plans.Step soon(String status) {
    return new Plans.Step(status, Duration.ofMillis(10), MissingNode.getInstance());
  }

  /** A last step; a negative exit status is none. */
  static Plans.Step end(String status, String message, int exit) {
    ObjectNode detail = JsonNodeFactory.instance.objectNode().put("errorMessage", message);
    return new Plans.Step(
        status, Duration.ZERO, exit < 0 ? detail : detail.put("exitStatus", exit));
  }

  void pass(Duration time) {
    ahead = ahead.plus(time);
  }

  /** What the last call of a route that changed something held. */
  JsonNode last(String route) {
    List<Journal.Effect> all = faults.effects(route);
    return all.get(all.size() - 1).request().orElseThrow();
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("towpath-aws");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    batch.close();
    ecs.close();
    logs.close();
    manager.close();
    parameters.close();
    try {
      aws.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
