package io.towpath.worker;

import io.temporal.client.WorkflowClient;
import io.temporal.common.VersioningBehavior;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerDeploymentOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import io.towpath.activities.config.KnownSecrets;
import io.towpath.activities.failure.FailureTranslator;
import io.towpath.worker.telemetry.Telemetry;
import io.towpath.workflows.RunSettings;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.hosted.HostedWorkflows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.OkHttpClient;

/** Hosts every workflow and activity of Towpath in one process, one task queue per platform. */
public final class TowpathWorker implements AutoCloseable {
  /** Leaves time to end within the 60 seconds that deployments give. */
  private static final Duration GRACE = Duration.ofSeconds(50);

  /**
   * Workflow code that waits so long for a core is no deadlock; the SDK takes it for one at 1 s.
   */
  private static final Duration BUSY = Duration.ofSeconds(5);

  private final Adapters adapters;
  private final Optional<WorkerDeploymentVersion> version;
  private final WorkerFactory factory;

  private TowpathWorker(WorkflowClient temporal, WorkerSettings settings, Surroundings around) {
    this.adapters = new Adapters(temporal, settings, around.http(), around.telemetry());
    this.version = settings.version();
    List<WorkerInterceptor> interceptors = new ArrayList<>(around.interceptors());
    interceptors.add(new FailureTranslator());
    interceptors.addAll(around.telemetry().interceptors());
    this.factory =
        WorkerFactory.newInstance(
            temporal,
            WorkerFactoryOptions.newBuilder()
                .setWorkerInterceptors(interceptors.toArray(WorkerInterceptor[]::new))
                .build());
    boolean searchable =
        SearchAttributes.register(
            temporal.getWorkflowServiceStubs(), temporal.getOptions().getNamespace());
    KnownSecrets secrets = settings.secrets();
    Function<Map<String, Object>, RunSettings> runs =
        request ->
            new RunSettings(
                settings.scope(),
                searchable,
                settings.settle().toMillis(),
                Optional.of(settings.ledger().resolve("work/")),
                secrets.exposedIn(request));
    HostedWorkflows.register(serve(TaskQueues.WORKFLOWS, 200, adapters.holders()), runs);
    serve(TaskQueues.SYNAPSE, 16, adapters.synapse());
    serve(TaskQueues.S3, 32, adapters.s3());
    serve(TaskQueues.SEQERA, 200, adapters.seqera());
    serve(TaskQueues.SEVEN_BRIDGES, 64, adapters.sevenBridges());
    serve(TaskQueues.DRS, 16, adapters.drs());
    serve(TaskQueues.CONTAINERS, 64, adapters.containers());
  }

  private Worker serve(String queue, int activities, Object... implementations) {
    Worker worker = factory.newWorker(queue, options(activities));
    worker.registerActivitiesImplementations(implementations);
    return worker;
  }

  /** Checks the ledger's store and registers search attributes; {@link #poll} takes work. */
  static TowpathWorker prepare(
      WorkflowClient temporal, WorkerSettings settings, Telemetry telemetry) {
    return new TowpathWorker(
        temporal, settings, new Surroundings(new OkHttpClient(), List.of(), telemetry));
  }

  /** Prepares one and begins to poll. */
  public static TowpathWorker start(
      WorkflowClient temporal, WorkerSettings settings, Telemetry telemetry) {
    TowpathWorker worker = prepare(temporal, settings, telemetry);
    worker.poll();
    return worker;
  }

  /**
   * What a worker is put into; tests end attempts after each platform call.
   *
   * @param http shared by the clients of all platforms
   * @param interceptors innermost first
   * @param telemetry where it tells of itself
   */
  record Surroundings(
      OkHttpClient http, List<WorkerInterceptor> interceptors, Telemetry telemetry) {}

  static TowpathWorker start(
      WorkflowClient temporal, WorkerSettings settings, Surroundings around) {
    TowpathWorker worker = new TowpathWorker(temporal, settings, around);
    worker.poll();
    return worker;
  }

  void poll() {
    factory.start();
  }

  boolean polls() {
    return factory.isStarted() && !factory.isShutdown();
  }

  /**
   * A run stays with its version. Every queue is polled as that version, so that its activities
   * stay with it too.
   */
  private WorkerOptions options(int activities) {
    WorkerOptions.Builder options =
        WorkerOptions.newBuilder()
            .setMaxConcurrentActivityExecutionSize(activities)
            .setDefaultDeadlockDetectionTimeout(BUSY.toMillis())
            .setStickyQueueScheduleToStartTimeout(Duration.ofSeconds(2));
    version.ifPresent(
        known ->
            options.setDeploymentOptions(
                WorkerDeploymentOptions.newBuilder()
                    .setUseVersioning(true)
                    .setVersion(known)
                    .setDefaultVersioningBehavior(VersioningBehavior.PINNED)
                    .build()));
    return options.build();
  }

  /**
   * Stops polling and lets what runs come to an end. What takes longer hands over: its next
   * heartbeat ends the attempt, and another worker goes on.
   */
  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS);
    factory.shutdownNow();
    adapters.close();
  }
}
