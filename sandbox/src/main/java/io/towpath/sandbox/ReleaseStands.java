package io.towpath.sandbox;

import io.towpath.sandbox.aws.Aws;
import io.towpath.sandbox.aws.AwsSettings;
import io.towpath.sandbox.container.ContainerPlatform;
import io.towpath.sandbox.container.ContainerSettings;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.http.Platform;
import io.towpath.sandbox.image.ImageRegistry;
import io.towpath.sandbox.image.Puller;
import io.towpath.sandbox.registry.RegistryPlatform;
import io.towpath.sandbox.seed.ReleaseDemo;
import io.towpath.sandbox.synapse.SynapseSeed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The image registry and what runs images, each on a port of its own. */
final class ReleaseStands implements AutoCloseable {
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);
  private static final String SECRET = "towpath-demo/synapse";

  /**
   * Where they stand.
   *
   * @param folder where containers have their roots
   * @param serve serves a platform on a port and answers its URL
   */
  record Ground(Path folder, InstantSource clock, Plans plans, Function<Platform, URI> serve) {}

  final ImageRegistry registry = new ImageRegistry();
  private final ContainerPlatform containers;
  private final Aws aws;
  private final Map<String, String> env = new LinkedHashMap<>();

  /**
   * Serves them.
   *
   * @param synapseToken what a job on AWS gets as its secret
   */
  ReleaseStands(Ground ground, SandboxOptions options, AwsSettings.Keys keys, String synapseToken) {
    InstantSource clock = ground.clock();
    URI registryUri = ground.serve().apply(new RegistryPlatform(registry, clock, TOKEN_LIFE));
    Puller puller = new Puller(registry, () -> registryUri);
    containers =
        new ContainerPlatform(
            new ContainerSettings(ground.folder(), puller, clock), ground.plans());
    AwsSettings settings =
        new AwsSettings(
            keys,
            times(options),
            options.limits(),
            new AwsSettings.Programs(puller, ground.folder()),
            Map.of(secretArn(keys), synapseToken, "/" + SECRET, synapseToken),
            clock);
    aws = new Aws(settings, ground.plans());
    env.put("AWS_ENDPOINT_URL_BATCH", ground.serve().apply(aws.batch()).toString());
    env.put("AWS_ENDPOINT_URL_ECS", ground.serve().apply(aws.ecs()).toString());
    env.put("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", ground.serve().apply(aws.logs()).toString());
    env.put(
        "AWS_ENDPOINT_URL_SECRETS_MANAGER", ground.serve().apply(aws.secretsManager()).toString());
    env.put("AWS_ENDPOINT_URL_SSM", ground.serve().apply(aws.parameters()).toString());
    env.put("DOCKER_HOST", "tcp://" + ground.serve().apply(containers).getAuthority());
    env.put("TOWPATH_REGISTRY", registryUri.getAuthority());
  }

  private static AwsSettings.Times times(SandboxOptions options) {
    Horizons horizons = options.horizons();
    return new AwsSettings.Times(
        horizons.listing(), horizons.jobs(), horizons.tasks(), horizons.tokens(), options.speed());
  }

  private static String secretArn(AwsSettings.Keys keys) {
    String account = keys.region() + ":" + AwsSettings.ACCOUNT;
    return "arn:aws:secretsmanager:" + account + ":secret:" + SECRET + "-Qx7bT2";
  }

  /** What a client needs to know of them; interface.md section 3. */
  Map<String, String> env() {
    return Collections.unmodifiableMap(env);
  }

  /** Plants the demo's release and returns dotted names with their ids. */
  Map<String, String> plant(SynapseSeed synapse, String project) {
    Map<String, String> ids = new LinkedHashMap<>();
    String host = env.getOrDefault("TOWPATH_REGISTRY", "");
    ids.putAll(ReleaseDemo.plant(synapse, project, registry, host));
    aws.seed().forEach((name, id) -> ids.put("aws." + name, id));
    return ids;
  }

  @Override
  public void close() throws IOException {
    containers.close();
    aws.close();
  }
}
