package io.towpath.worker;

import io.temporal.common.WorkerDeploymentVersion;
import io.towpath.activities.config.KnownSecrets;
import io.towpath.activities.config.Secret;
import io.towpath.activities.containers.aws.AwsConnection;
import io.towpath.activities.containers.aws.AwsSecretStore;
import io.towpath.activities.drs.DrsServers;
import io.towpath.activities.secrets.SecretReferences;
import io.towpath.activities.sevenbridges.SevenBridgesConnection;
import io.towpath.activities.store.S3Settings;
import io.towpath.activities.synapse.SynapseConnection;
import io.towpath.activities.tower.TowerConnection;
import io.towpath.worker.settings.AwsSettings;
import io.towpath.worker.settings.Connections;
import io.towpath.worker.settings.DrsSettings;
import io.towpath.worker.settings.SeqeraSettings;
import io.towpath.worker.settings.Settings;
import io.towpath.worker.settings.SevenBridgesSettings;
import io.towpath.worker.settings.SynapseSettings;
import io.towpath.worker.settings.WebhookSettings;
import io.towpath.worker.telemetry.TraceCollector;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.payload.PayloadKeys;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Everything that a worker is told by its environment, Temporal's own settings apart. The names are
 * the platforms' own (interface.md section 3, etl-spec.md section 0).
 *
 * @param synapse accounts of Synapse by connection name, at least one
 * @param tower workspaces of Seqera by connection name, at least one
 * @param sevenBridges accounts of Seven Bridges platforms by connection name; none where no ETL
 *     needs one
 * @param drs servers that mint and resolve DRS ids; none but the standard ones where no ETL needs
 *     one
 * @param webhooks addresses by the names that requests know them by
 * @param containers where containers can run; nowhere where no ETL needs it
 * @param ledger where the ledger lies
 * @param pollFloor shortest polling interval
 * @param watcher whether one look for all runs of a workspace takes the place of each run's own
 * @param settle how long an unclear outcome is looked up
 * @param scope goes into every operation key; normally empty
 * @param health where {@code /livez}, {@code /readyz} and {@code /metrics} answer; empty is off
 * @param traces a collector of traces, by OTLP over HTTP; empty is off
 * @param version what this worker is, where runs are kept apart by version; empty is off
 * @param payloadKeys what Temporal stores is encrypted with; none leaves it plain
 * @param pipelineFiles base under which {@code nf-core/NAME/REVISION/assets/schema_input.json} lies
 */
public record WorkerSettings(
    Map<String, SynapseConnection> synapse,
    Map<String, TowerConnection> tower,
    Map<String, SevenBridgesConnection> sevenBridges,
    DrsServers drs,
    Map<String, Secret> webhooks,
    ContainerSettings containers,
    S3Settings s3,
    S3Uri ledger,
    Duration pollFloor,
    boolean watcher,
    Duration settle,
    String scope,
    Optional<InetSocketAddress> health,
    Optional<TraceCollector> traces,
    Optional<WorkerDeploymentVersion> version,
    PayloadKeys payloadKeys,
    URI pipelineFiles) {

  /** The credentials that these settings hold, for logs to mask and for requests not to hold. */
  KnownSecrets secrets() {
    List<Secret> secrets = new ArrayList<>();
    synapse.values().forEach(account -> secrets.add(account.token()));
    tower.values().forEach(account -> secrets.add(account.token()));
    sevenBridges.values().forEach(account -> secrets.add(account.token()));
    drs.indexd().values().forEach(server -> secrets.add(server.credential()));
    secrets.addAll(webhooks.values());
    traces.ifPresent(collector -> secrets.addAll(collector.headers().values()));
    payloadKeys.texts().forEach(key -> secrets.add(new Secret(key)));
    try {
      AwsCredentials aws = s3.credentials().resolveCredentials();
      secrets.add(new Secret(aws.secretAccessKey()));
      if (aws instanceof AwsSessionCredentials session) {
        secrets.add(new Secret(session.sessionToken()));
      }
    } catch (SdkException e) {
      return new KnownSecrets(secrets);
    }
    return new KnownSecrets(secrets);
  }

  /**
   * The servers that this environment names: URLs of platforms may lead to them wherever they are.
   */
  Set<URI> servers() {
    Set<URI> servers = new TreeSet<>(drs.servers());
    synapse.values().forEach(account -> servers.add(account.endpoint()));
    sevenBridges.values().forEach(account -> servers.add(account.endpoint()));
    s3.endpoint().ifPresent(servers::add);
    return servers;
  }

  /** Settings that cannot be used, all of them. */
  public static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient List<String> problems;

    Unusable(List<String> problems) {
      super(problems.size() + " settings are missing or wrong: " + String.join("; ", problems));
      this.problems = problems;
    }

    public List<String> problems() {
      return problems;
    }
  }

  /** Reads the settings of a worker whose reads of secrets nobody measures. */
  public static WorkerSettings from(Map<String, String> environment, Path home) {
    return from(environment, home, List.of());
  }

  /**
   * Reads the settings.
   *
   * @param home where {@code .synapseConfig} may lie
   * @param seeing see each call to a store of secrets
   * @throws Unusable that lists every missing and every bad setting
   */
  static WorkerSettings from(
      Map<String, String> environment, Path home, List<ExecutionInterceptor> seeing) {
    Settings settings = new Settings(environment);
    S3Settings s3 = s3(settings);
    Map<String, AwsConnection> aws = AwsSettings.read(settings, s3.credentials());
    SecretReferences references =
        new SecretReferences(
            environment,
            Optional.ofNullable(aws.get(Settings.DEFAULT))
                .map(account -> new AwsSecretStore(account, seeing)));
    Connections connections = new Connections(settings, references);
    settings.oneOf("TOWPATH_LOG_FORMAT", "text", "json");
    WorkerSettings read =
        new WorkerSettings(
            SynapseSettings.read(connections, home),
            SeqeraSettings.read(connections),
            SevenBridgesSettings.read(connections, home),
            DrsSettings.read(connections),
            WebhookSettings.read(settings, references),
            ContainerSettings.read(settings, aws, references),
            s3,
            ledger(settings),
            settings.duration("TOWPATH_POLL_FLOOR", Duration.ofSeconds(15)),
            settings.oneOf("TOWPATH_WATCHER", "off", "on").equals("on"),
            settings.duration("TOWPATH_SETTLE", Duration.ofMinutes(2)),
            settings.first("TOWPATH_SCOPE").orElse(""),
            settings.address("TOWPATH_HEALTH_HOST", "TOWPATH_HEALTH_PORT"),
            traces(settings),
            version(settings),
            payloadKeys(settings, references),
            settings.url("https://raw.githubusercontent.com", "TOWPATH_PIPELINE_FILES"));
    if (!settings.problems().isEmpty()) {
      throw new Unusable(settings.problems());
    }
    return read;
  }

  private static S3Settings s3(Settings settings) {
    return S3Settings.from(
        settings.environment(),
        settings
            .first("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
            .map(text -> settings.url("AWS_ENDPOINT_URL_S3", text, URI.create("http://localhost"))),
        settings.first("AWS_REGION", "AWS_DEFAULT_REGION"));
  }

  private static S3Uri ledger(Settings settings) {
    String name = "TOWPATH_LEDGER";
    String text = settings.required("name the ledger's place, s3://bucket/prefix", name);
    S3Uri nowhere = new S3Uri("s3://nowhere/");
    return text.isEmpty()
        ? nowhere
        : settings.parsed(name, text, S3Uri::new, nowhere, "s3://bucket/prefix");
  }

  /** The second names are those that Temporal's controller of workers in Kubernetes sets. */
  private static Optional<WorkerDeploymentVersion> version(Settings settings) {
    Optional<String> build = settings.first("TOWPATH_BUILD_ID", "TEMPORAL_WORKER_BUILD_ID");
    Optional<String> name = settings.first("TOWPATH_DEPLOYMENT_NAME", "TEMPORAL_DEPLOYMENT_NAME");
    if (name.isPresent() && build.isEmpty()) {
      settings.problem("TOWPATH_DEPLOYMENT_NAME is set, but TOWPATH_BUILD_ID is not: set both");
    }
    return build.map(id -> new WorkerDeploymentVersion(name.orElse("towpath"), id));
  }

  private static Optional<TraceCollector> traces(Settings settings) {
    String endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    String headers = "OTEL_EXPORTER_OTLP_HEADERS";
    return settings
        .first(endpoint)
        .map(
            set ->
                new TraceCollector(
                    settings.url("http://127.0.0.1", endpoint),
                    settings
                        .first(headers)
                        .map(
                            text ->
                                settings.parsed(
                                    headers,
                                    text,
                                    TraceCollector::headers,
                                    Map.<String, Secret>of(),
                                    "name=value, separated by commas"))
                        .orElse(Map.of())));
  }

  private static PayloadKeys payloadKeys(Settings settings, SecretReferences references) {
    return settings.asked(
        PayloadKeys.none(),
        () ->
            PayloadKeys.read(
                settings.first(PayloadKeys.SETTING).orElse(""),
                reference -> {
                  if (!SecretReferences.isOne(reference)) {
                    throw new IllegalArgumentException(
                        "it must be a reference, such as file:/path, not a key");
                  }
                  return references.named("it", reference);
                }));
  }
}
