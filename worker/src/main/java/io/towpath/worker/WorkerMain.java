package io.towpath.worker;

import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.Gauge;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.towpath.activities.config.KnownSecrets;
import io.towpath.activities.config.Secret;
import io.towpath.activities.http.AwsCalls;
import io.towpath.activities.http.PlatformCalls;
import io.towpath.activities.http.PlatformException;
import io.towpath.worker.telemetry.LogMask;
import io.towpath.worker.telemetry.Metrics;
import io.towpath.worker.telemetry.Telemetry;
import io.towpath.worker.telemetry.Traces;
import io.towpath.workflows.TowpathDataConverter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** {@code towpath worker}: settings from the environment, Temporal's from temporal-envconfig. */
public final class WorkerMain {
  /** A server that starts beside the worker is waited for. */
  private static final Duration CONNECT = Duration.ofSeconds(30);

  private static final String HELP =
      """
      Usage: towpath worker [--help]
      Runs the worker until SIGTERM, which lets running activities come to an end.
      Settings come from the environment: SYNAPSE_AUTH_TOKEN, TOWER_ACCESS_TOKEN,
      TOWER_API_ENDPOINT, TOWER_WORKSPACE_ID, TOWPATH_LEDGER, the AWS SDK's own
      names, and TEMPORAL_* or temporal.toml. Prints "worker ready" once it polls.
      A credential may be env:NAME, file:/path, aws-sm:NAME or aws-ssm:NAME. A name
      at the end, as in SYNAPSE_AUTH_TOKEN_LAB, is another connection, "lab"; the
      file that TOWPATH_CONNECTIONS names holds more.
      TOWPATH_HEALTH_PORT serves /livez, /readyz and /metrics, to this machine alone
      unless TOWPATH_HEALTH_HOST names an address, such as 0.0.0.0.
      TOWPATH_LOG_FORMAT is text or json; OTEL_EXPORTER_OTLP_ENDPOINT takes traces.
      TOWPATH_PAYLOAD_KEYS (id=file:/path, newest first) encrypts what Temporal stores.
      TOWPATH_BUILD_ID (with TOWPATH_DEPLOYMENT_NAME) versions the worker: runs wait
      until "temporal worker deployment set-current-version" names a version.

      Example:
        set -a; . ./sandbox.env; set +a
        TEMPORAL_ADDRESS=127.0.0.1:7233 ./towpath worker
      """;

  private WorkerMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length > 0) {
      boolean asked = arguments[0].equals("--help") || arguments[0].equals("-h");
      (asked ? System.out : System.err).print(HELP);
      System.exit(asked ? 0 : 2);
    }
    Path home = Path.of(System.getProperty("user.home"));
    System.exit(run(System.getenv(), home, System.err));
  }

  /**
   * Runs until SIGTERM; returns the exit code.
   *
   * @param home where files of other tools may lie
   * @param err where people are told why it ends
   */
  static int run(Map<String, String> environment, Path home, PrintStream err)
      throws InterruptedException {
    Metrics metrics = new Metrics();
    try {
      Given given = given(environment, home, metrics);
      mask(given.settings(), given.profile());
      serve(given.settings(), given.profile(), metrics);
      return 0;
    } catch (WorkerSettings.Unusable unusable) {
      err.println(
          unusable.problems().size()
              + " settings are missing or wrong; the worker was not started.");
      unusable.problems().forEach(problem -> err.println("  " + problem));
      return 2;
    } catch (StatusRuntimeException e) {
      err.println(
          "Temporal is not reachable ("
              + e.getStatus().getCode()
              + "): set TEMPORAL_ADDRESS, or start one with: temporal server start-dev");
      return 3;
    } catch (PlatformException | SdkException e) {
      err.println("The ledger, or a secret, cannot be used: " + e.getMessage());
      return 3;
    } catch (UncheckedIOException e) {
      err.println(e.getMessage());
      return 2;
    }
  }

  /** What the worker is told, by its own settings and by Temporal's. */
  private record Given(WorkerSettings settings, ClientConfigProfile profile) {}

  /** Both are read before anything that is wrong in one of them is told. */
  private static Given given(Map<String, String> environment, Path home, Metrics metrics) {
    List<String> problems = new ArrayList<>();
    ClientConfigProfile profile = profile(environment, problems);
    try {
      WorkerSettings settings = WorkerSettings.from(environment, home, measured(metrics));
      if (problems.isEmpty()) {
        return new Given(settings, profile);
      }
    } catch (WorkerSettings.Unusable unusable) {
      problems.addAll(unusable.problems());
    }
    throw new WorkerSettings.Unusable(problems);
  }

  /** Secrets are read before there can be a tracer: its own settings may hold some. */
  private static List<ExecutionInterceptor> measured(Metrics metrics) {
    return List.of(
        new AwsCalls(
            new PlatformCalls(metrics.registry(), OpenTelemetry.noop().getTracer("towpath"))));
  }

  /** An empty temporal.toml makes envconfig throw what is no IOException. */
  private static ClientConfigProfile profile(
      Map<String, String> environment, List<String> problems) {
    try {
      return ClientConfigProfile.load(
          LoadClientConfigProfileOptions.newBuilder().setEnvOverrides(environment).build());
    } catch (IOException | RuntimeException e) {
      problems.add("Temporal's settings, temporal.toml and TEMPORAL_*: " + e.getMessage());
      return ClientConfigProfile.getDefaultInstance();
    }
  }

  private static void mask(WorkerSettings settings, ClientConfigProfile profile) {
    KnownSecrets secrets = settings.secrets();
    String apiKey = profile.getApiKey();
    if (apiKey != null && !apiKey.isBlank()) {
      secrets.add(new Secret(apiKey));
    }
    LogMask.know(secrets, settings.containers().secrets().given());
  }

  private static void serve(WorkerSettings settings, ClientConfigProfile profile, Metrics metrics)
      throws InterruptedException {
    Optional<Traces> traces = settings.traces().map(Traces::to);
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newConnectedServiceStubs(
            WorkflowServiceStubsOptions.newBuilder(profile.toWorkflowServiceStubsOptions())
                .setMetricsScope(metrics.temporal())
                .build(),
            CONNECT);
    WorkflowClient temporal =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder(profile.toWorkflowClientOptions())
                .setDataConverter(TowpathDataConverter.create(settings.payloadKeys()))
                .build());
    TowpathWorker worker = TowpathWorker.prepare(temporal, settings, Telemetry.of(metrics, traces));
    CountDownLatch stopped = new CountDownLatch(1);
    Optional<Health> health = health(settings, new Readiness(worker::polls, stubs), metrics);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  worker.close();
                  health.ifPresent(Health::close);
                  stubs.shutdown();
                  metrics.close();
                  traces.ifPresent(Traces::close);
                  stopped.countDown();
                },
                "drain"));
    worker.poll();
    System.out.println("worker ready");
    System.out.flush();
    stopped.await();
  }

  private static Optional<Health> health(
      WorkerSettings settings, Readiness ready, Metrics metrics) {
    Gauge.builder("towpath.worker.ready", ready, is -> is.getAsBoolean() ? 1 : 0)
        .register(metrics.registry());
    return settings.health().map(address -> new Health(address, ready, metrics::scrape));
  }
}
