package io.towpath.worker;

import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.WorkflowImplementationOptions;
import io.towpath.activities.failure.FailureTranslator;
import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.holder.HolderActivitiesImpl;
import io.towpath.activities.ledger.Ledger;
import io.towpath.activities.ledger.LedgerActivitiesImpl;
import io.towpath.activities.ledger.LedgerEffects;
import io.towpath.activities.ledger.LedgerSurvey;
import io.towpath.activities.outside.OpenInternet;
import io.towpath.activities.poll.PollMemory;
import io.towpath.activities.samplesheet.SampleSheetActivitiesImpl;
import io.towpath.activities.samplesheet.SchemaSource;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.submit.Settle;
import io.towpath.activities.synapse.Attempt;
import io.towpath.activities.synapse.ManifestSearchImpl;
import io.towpath.activities.synapse.SynapseActivitiesImpl;
import io.towpath.activities.synapse.SynapseConnections;
import io.towpath.activities.synapse.SynapseManifests;
import io.towpath.activities.tower.TowerActivitiesImpl;
import io.towpath.activities.transfer.TransferActivitiesImpl;
import io.towpath.workflows.RunSettings;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.EtlPlan;
import io.towpath.workflows.plan.DoctorWorkflowImpl;
import io.towpath.workflows.plan.LookWorkflowImpl;
import io.towpath.workflows.plan.Plan;
import io.towpath.workflows.plan.PlanWorkflow;
import io.towpath.workflows.plan.PlanWorkflowImpl;
import io.towpath.workflows.roundtrip.RoundTripEtl;
import io.towpath.workflows.roundtrip.RoundTripRequest;
import io.towpath.workflows.roundtrip.RoundTripWorkflow;
import io.towpath.workflows.roundtrip.RoundTripWorkflowImpl;
import io.towpath.workflows.scan.ManifestScanPlan;
import io.towpath.workflows.scan.ManifestScanWorkflow;
import io.towpath.workflows.scan.ManifestScanWorkflowImpl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.OkHttpClient;

/** Hosts every workflow and activity of Towpath in one process, one task queue per platform. */
public final class TowpathWorker implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final String CONNECTION = "default";

  private final S3Clients s3;
  private final PageRunner pages;
  private final TransferActivitiesImpl transfer;
  private final WorkerFactory factory;

  private TowpathWorker(
      WorkflowClient temporal,
      WorkerSettings settings,
      OkHttpClient http,
      List<WorkerInterceptor> more) {
    WorkflowServiceStubs stubs = temporal.getWorkflowServiceStubs();
    String namespace = temporal.getOptions().getNamespace();
    this.s3 = new S3Clients(settings.s3());
    this.pages = new PageRunner();
    Ledger ledger = new Ledger(s3, settings.ledger());
    ledger.probe();
    LedgerEffects effects = new LedgerEffects(ledger);
    Settle settle = Settle.inActivity(settings.settle());
    SynapseConnections synapse =
        new SynapseConnections(Map.of(CONNECTION, settings.synapse()), http);
    OpenInternet internet = new OpenInternet(http);
    this.transfer =
        new TransferActivitiesImpl(s3, SynapseUrls.of(synapse), internet, effects, pages);

    List<WorkerInterceptor> interceptors = new ArrayList<>(more);
    interceptors.add(new FailureTranslator());
    this.factory =
        WorkerFactory.newInstance(
            temporal,
            WorkerFactoryOptions.newBuilder()
                .setWorkerInterceptors(interceptors.toArray(WorkerInterceptor[]::new))
                .build());
    RunSettings runs =
        new RunSettings(
            settings.scope(),
            SearchAttributes.register(stubs, namespace),
            settings.settle().toMillis());
    Worker workflows = factory.newWorker(TaskQueues.WORKFLOWS, quick(200));
    registerWorkflows(workflows, runs);
    workflows.registerActivitiesImplementations(new HolderActivitiesImpl(settings.pollFloor()));
    factory
        .newWorker(TaskQueues.SYNAPSE, quick(16))
        .registerActivitiesImplementations(
            new SynapseActivitiesImpl(
                synapse, s3, internet, effects, pages, settings.settle(), Attempt::ofActivity),
            new ManifestSearchImpl(
                synapse,
                new RunsKnown(new LedgerSurvey(ledger, pages), temporal),
                Attempt::ofActivity));
    factory
        .newWorker(TaskQueues.S3, quick(32))
        .registerActivitiesImplementations(
            transfer,
            new LedgerActivitiesImpl(ledger, () -> namespaceId(stubs, namespace)),
            new SampleSheetActivitiesImpl(
                s3.repeating(),
                effects,
                new SynapseManifests(synapse, s3, internet, effects, pages, Attempt::ofActivity),
                new SchemaSource(http, settings.pipelineFiles())));
    factory
        .newWorker(TaskQueues.SEQERA, quick(200))
        .registerActivitiesImplementations(
            new TowerActivitiesImpl(
                Map.of(CONNECTION, settings.tower()),
                http,
                effects,
                settle,
                settings.pollFloor(),
                PollMemory.inActivity(),
                settings.secrets()));
  }

  /** Checks the ledger's store, registers search attributes and begins to poll. */
  public static TowpathWorker start(WorkflowClient temporal, WorkerSettings settings) {
    return start(temporal, settings, new OkHttpClient(), List.of());
  }

  /**
   * The same, watched: tests end attempts after each platform call.
   *
   * @param http shared by the clients of all platforms
   * @param more interceptors, outermost first
   */
  static TowpathWorker start(
      WorkflowClient temporal,
      WorkerSettings settings,
      OkHttpClient http,
      List<WorkerInterceptor> more) {
    TowpathWorker worker = new TowpathWorker(temporal, settings, http, more);
    worker.factory.start();
    return worker;
  }

  boolean polls() {
    return factory.isStarted() && !factory.isShutdown();
  }

  private static void registerWorkflows(Worker worker, RunSettings runs) {
    WorkflowImplementationOptions options =
        WorkflowImplementationOptions.newBuilder()
            .setFailWorkflowExceptionTypes(IllegalArgumentException.class)
            .build();
    worker.registerWorkflowImplementationFactory(
        RoundTripWorkflow.class, () -> new RoundTripWorkflowImpl(() -> runs), options);
    worker.registerWorkflowImplementationFactory(
        ManifestScanWorkflow.class,
        () -> new ManifestScanWorkflowImpl(() -> runs, RoundTripRequest::readTemplate),
        options);
    worker.registerWorkflowImplementationFactory(
        PlanWorkflow.class, () -> new PlanWorkflowImpl(planners()), options);
    worker.registerWorkflowImplementationTypes(
        options, LookWorkflowImpl.class, DoctorWorkflowImpl.class);
  }

  private static Map<String, Function<Map<String, Object>, Plan>> planners() {
    return Map.of(
        RoundTripWorkflow.TYPE,
        json -> EtlPlan.of(new RoundTripEtl(EtlPlan.PATIENCE), json),
        ManifestScanWorkflow.TYPE,
        json -> ManifestScanPlan.of(json, RoundTripRequest::readTemplate));
  }

  private static WorkerOptions quick(int activities) {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityExecutionSize(activities)
        .setStickyQueueScheduleToStartTimeout(Duration.ofSeconds(2))
        .build();
  }

  /** The namespace's UUID: its name says nothing about which server it lies on. */
  private static String namespaceId(WorkflowServiceStubs stubs, String namespace) {
    return stubs
        .blockingStub()
        .describeNamespace(DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build())
        .getNamespaceInfo()
        .getId();
  }

  /** Stops polling, lets what runs come to an end, then stops. */
  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS);
    factory.shutdownNow();
    transfer.close();
    pages.close();
    s3.close();
  }
}
