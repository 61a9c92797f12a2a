package io.towpath.worker;

import io.temporal.common.WorkerDeploymentVersion;
import io.towpath.activities.config.KnownSecrets;
import io.towpath.activities.config.Secret;
import io.towpath.activities.drs.DrsSettings;
import io.towpath.activities.notice.WebhookSettings;
import io.towpath.activities.sevenbridges.SevenBridgesConnection;
import io.towpath.activities.sevenbridges.SevenBridgesSettings;
import io.towpath.activities.store.S3Settings;
import io.towpath.activities.synapse.SynapseConnection;
import io.towpath.activities.synapse.SynapseSettings;
import io.towpath.activities.tower.TowerConnection;
import io.towpath.worker.telemetry.TraceCollector;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.payload.PayloadKeys;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
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

/**
 * Everything that a worker is told by its environment, Temporal's own settings apart. The names are
 * the platforms' own (interface.md section 3, etl-spec.md section 0).
 *
 * @param sevenBridges accounts of Seven Bridges platforms by connection name; none where no ETL
 *     needs one
 * @param drs servers that mint and resolve DRS ids; none but the standard ones where no ETL needs
 *     one
 * @param webhooks addresses by the names that requests know them by
 * @param containers where containers can run; nowhere where no ETL needs it
 * @param ledger where the ledger lies
 * @param pollFloor shortest polling interval
 * @param settle how long an unclear outcome is looked up
 * @param scope goes into every operation key; normally empty
 * @param health where {@code /livez}, {@code /readyz} and {@code /metrics} answer; empty is off
 * @param traces a collector of traces, by OTLP over HTTP; empty is off
 * @param version what this worker is, where runs are kept apart by version; empty is off
 * @param payloadKeys what Temporal stores is encrypted with; none leaves it plain
 * @param pipelineFiles base under which {@code nf-core/NAME/REVISION/assets/schema_input.json} lies
 */
public record WorkerSettings(
    SynapseConnection synapse,
    TowerConnection tower,
    Map<String, SevenBridgesConnection> sevenBridges,
    DrsSettings drs,
    Map<String, Secret> webhooks,
    ContainerSettings containers,
    S3Settings s3,
    S3Uri ledger,
    Duration pollFloor,
    Duration settle,
    String scope,
    Optional<InetSocketAddress> health,
    Optional<TraceCollector> traces,
    Optional<WorkerDeploymentVersion> version,
    PayloadKeys payloadKeys,
    URI pipelineFiles) {

  /** The credentials that these settings hold, for logs to mask and for requests not to hold. */
  KnownSecrets secrets() {
    List<Secret> secrets = new ArrayList<>(List.of(synapse.token(), tower.token()));
    sevenBridges.values().forEach(account -> secrets.add(account.token()));
    drs.secret().ifPresent(secrets::add);
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
    servers.add(synapse.endpoint());
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

  /**
   * Reads the settings.
   *
   * @param home where {@code .synapseConfig} may lie
   * @throws Unusable that lists every missing and every bad setting
   */
  public static WorkerSettings from(Map<String, String> environment, Path home) {
    Settings settings = new Settings(environment);
    Optional<SynapseConnection> synapse = synapse(settings, environment, home);
    TowerConnection tower = tower(settings);
    String ledgerText =
        settings.required("name the ledger's place, s3://bucket/prefix", "TOWPATH_LEDGER");
    S3Uri nowhere = new S3Uri("s3://nowhere/");
    S3Uri ledger =
        ledgerText.isEmpty()
            ? nowhere
            : settings.parsed(
                "TOWPATH_LEDGER", ledgerText, S3Uri::new, nowhere, "s3://bucket/prefix");
    Optional<URI> endpoint =
        settings
            .first("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
            .map(
                text ->
                    settings.parsed(
                        "AWS_ENDPOINT_URL_S3",
                        text,
                        URI::create,
                        URI.create("http://localhost"),
                        "a URL"));
    S3Settings s3 =
        S3Settings.from(environment, endpoint, settings.first("AWS_REGION", "AWS_DEFAULT_REGION"));
    settings.oneOf("TOWPATH_LOG_FORMAT", "text", "json");
    WorkerSettings read =
        new WorkerSettings(
            synapse.orElseGet(
                () -> new SynapseConnection(SynapseConnection.SYNAPSE, new Secret("none"))),
            tower,
            sevenBridges(settings, environment, home),
            drs(settings, environment),
            webhooks(settings, environment),
            ContainerSettings.read(settings, environment, s3.credentials()),
            s3,
            ledger,
            settings.duration("TOWPATH_POLL_FLOOR", Duration.ofSeconds(15)),
            settings.duration("TOWPATH_SETTLE", Duration.ofMinutes(2)),
            settings.first("TOWPATH_SCOPE").orElse(""),
            settings.address("TOWPATH_HEALTH_HOST", "TOWPATH_HEALTH_PORT"),
            traces(settings),
            version(settings),
            payloadKeys(settings, environment),
            settings.url("https://raw.githubusercontent.com", "TOWPATH_PIPELINE_FILES"));
    if (!settings.problems().isEmpty()) {
      throw new Unusable(settings.problems());
    }
    return read;
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

  private static PayloadKeys payloadKeys(Settings settings, Map<String, String> environment) {
    try {
      return PayloadKeys.read(environment, WorkerSettings::text);
    } catch (IllegalArgumentException e) {
      settings.problem(String.valueOf(e.getMessage()));
      return PayloadKeys.none();
    }
  }

  private static String text(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      throw new IllegalArgumentException("file:" + path + " cannot be read", e);
    }
  }

  private static Map<String, Secret> webhooks(Settings settings, Map<String, String> environment) {
    try {
      return WebhookSettings.find(environment);
    } catch (IllegalArgumentException e) {
      settings.problem(String.valueOf(e.getMessage()));
      return Map.of();
    }
  }

  private static Optional<SynapseConnection> synapse(
      Settings settings, Map<String, String> environment, Path home) {
    try {
      Optional<SynapseConnection> found = new SynapseSettings(environment, home).find();
      if (found.isEmpty()) {
        settings.problem(
            "SYNAPSE_AUTH_TOKEN is not set: make a token with view, download and modify, or put it"
                + " into ~/.synapseConfig");
      }
      return found;
    } catch (IllegalArgumentException e) {
      settings.problem(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static Map<String, SevenBridgesConnection> sevenBridges(
      Settings settings, Map<String, String> environment, Path home) {
    try {
      return new SevenBridgesSettings(environment, home).find();
    } catch (IllegalArgumentException e) {
      settings.problem(String.valueOf(e.getMessage()));
      return Map.of();
    }
  }

  private static DrsSettings drs(Settings settings, Map<String, String> environment) {
    DrsSettings drs = new DrsSettings(environment);
    try {
      drs.find(Map.of(), Map.of());
    } catch (IllegalArgumentException e) {
      settings.problem(String.valueOf(e.getMessage()));
    }
    return drs;
  }

  private static TowerConnection tower(Settings settings) {
    Optional<String> uri = settings.first("NEXTFLOWTOWER_CONNECTION_URI");
    if (uri.isPresent() && settings.first("TOWER_ACCESS_TOKEN", "NXF_TOWER_TOKEN").isEmpty()) {
      return towerFromUri(settings, uri.get());
    }
    String token =
        settings.required(
            "make a token in Seqera Platform's user menu", "TOWER_ACCESS_TOKEN", "NXF_TOWER_TOKEN");
    URI endpoint =
        settings.url("https://api.cloud.seqera.io", "TOWER_API_ENDPOINT", "NXF_TOWER_API_URL");
    Secret none = new Secret("none");
    return new TowerConnection(
        endpoint,
        token.isEmpty() ? none : settings.secret("TOWER_ACCESS_TOKEN", token, none),
        settings.first("TOWER_WORKSPACE_ID"));
  }

  private static TowerConnection towerFromUri(Settings settings, String text) {
    String name = "NEXTFLOWTOWER_CONNECTION_URI";
    TowerConnection none =
        new TowerConnection(
            URI.create("https://api.cloud.seqera.io"), new Secret("none"), Optional.empty());
    return settings.parsed(
        name, text, TowerConnection::of, none, "tower://:<token>@host/api/?workspace=org/name");
  }
}
