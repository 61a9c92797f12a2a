package io.towpath.worker;

import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.towpath.activities.configfile.ConfigFileActivitiesImpl;
import io.towpath.activities.connections.ConnectionsActivitiesImpl;
import io.towpath.activities.connections.Examined;
import io.towpath.activities.containers.ContainerActivitiesImpl;
import io.towpath.activities.containers.ContainerExecutor;
import io.towpath.activities.containers.ContainerTools;
import io.towpath.activities.containers.ImageDigests;
import io.towpath.activities.drs.DrsActivitiesImpl;
import io.towpath.activities.drs.DrsFiles;
import io.towpath.activities.drs.DrsSites;
import io.towpath.activities.drs.DrsTools;
import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.holder.HolderActivitiesImpl;
import io.towpath.activities.http.AwsCalls;
import io.towpath.activities.http.PlatformCalls;
import io.towpath.activities.ledger.Ledger;
import io.towpath.activities.ledger.LedgerActivitiesImpl;
import io.towpath.activities.ledger.LedgerEffects;
import io.towpath.activities.ledger.LedgerSurvey;
import io.towpath.activities.notice.NoticeActivitiesImpl;
import io.towpath.activities.notice.WebhookMessenger;
import io.towpath.activities.outside.OpenInternet;
import io.towpath.activities.outside.OutsideFiles;
import io.towpath.activities.poll.PollMemory;
import io.towpath.activities.samples.SampleActivitiesImpl;
import io.towpath.activities.samplesheet.SampleSheetActivitiesImpl;
import io.towpath.activities.samplesheet.SchemaSource;
import io.towpath.activities.sevenbridges.SevenBridgesAccounts;
import io.towpath.activities.sevenbridges.SevenBridgesActivitiesImpl;
import io.towpath.activities.sevenbridges.SevenBridgesFiles;
import io.towpath.activities.sevenbridges.SevenBridgesTools;
import io.towpath.activities.sevenbridges.SevenBridgesView;
import io.towpath.activities.sevenbridges.TaskKeys;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.Attempt;
import io.towpath.activities.submit.Settle;
import io.towpath.activities.synapse.ManifestSearchImpl;
import io.towpath.activities.synapse.ReleaseManifestActivitiesImpl;
import io.towpath.activities.synapse.SynapseActivitiesImpl;
import io.towpath.activities.synapse.SynapseConfigs;
import io.towpath.activities.synapse.SynapseConnections;
import io.towpath.activities.synapse.SynapseManifests;
import io.towpath.activities.synapse.SynapseMessenger;
import io.towpath.activities.synapse.SynapseSheets;
import io.towpath.activities.tower.TowerActivitiesImpl;
import io.towpath.activities.tower.TowerExecutor;
import io.towpath.activities.tower.TowerSites;
import io.towpath.activities.tower.TowerTools;
import io.towpath.activities.tower.WatcherActivitiesImpl;
import io.towpath.activities.tower.Watchers;
import io.towpath.activities.transfer.TransferActivitiesImpl;
import io.towpath.worker.telemetry.Telemetry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.OkHttpClient;

/** The activities of each task queue, put together from the worker's settings. */
final class Adapters implements AutoCloseable {
  private final WorkflowClient temporal;
  private final WorkerSettings settings;
  private final OkHttpClient http;
  private final PlatformCalls calls;
  private final PollMemory polls;
  private final S3Clients s3;
  private final PageRunner pages = new PageRunner();
  private final Ledger ledger;
  private final LedgerEffects effects;
  private final LedgerSurvey survey;
  private final SynapseConnections synapse;
  private final TowerSites tower;
  private final SevenBridgesAccounts sevenBridges;
  private final DrsSites drs;
  private final OpenInternet internet;
  private final OutsideFiles outside;
  private final TransferActivitiesImpl transfer;

  /**
   * Connects to nothing but the ledger's store, which has to keep first writes.
   *
   * @param shared by the clients of all platforms
   */
  Adapters(
      WorkflowClient temporal, WorkerSettings settings, OkHttpClient shared, Telemetry telemetry) {
    this.temporal = temporal;
    this.settings = settings;
    this.http = shared.newBuilder().addInterceptor(telemetry.calls()).build();
    this.calls = telemetry.calls();
    this.polls = telemetry.waiting();
    this.s3 = new S3Clients(settings.s3(), List.of(new AwsCalls(calls)));
    this.ledger = new Ledger(s3, settings.ledger());
    ledger.probe();
    this.effects = new LedgerEffects(ledger);
    this.survey = new LedgerSurvey(ledger, pages);
    this.synapse = new SynapseConnections(settings.synapse(), http);
    this.tower = new TowerSites(http, settings.tower(), settings.pollFloor());
    this.sevenBridges =
        new SevenBridgesAccounts(settings.sevenBridges(), http, settings.pollFloor());
    this.drs =
        new DrsSites(settings.drs().connections(sevenBridges.shared(), synapse.shared()), http);
    this.internet = new OpenInternet(http, settings.servers());
    this.outside =
        new OutsideFiles(
            internet,
            s3.repeating(),
            pages,
            Map.of("sbg", new SevenBridgesFiles(sevenBridges), "drs", new DrsFiles(drs, pages)));
    this.transfer =
        new TransferActivitiesImpl(s3, SynapseUrls.of(synapse), outside, effects, pages);
  }

  Object[] holders() {
    return new Object[] {
      new HolderActivitiesImpl(settings.pollFloor()),
      new NoticeActivitiesImpl(
          new WebhookMessenger(
              settings.webhooks(), http, effects, Settle.inActivity(settings.settle())))
    };
  }

  Object[] synapse() {
    return new Object[] {
      new SynapseActivitiesImpl(
          synapse, s3, outside, effects, pages, settings.settle(), Attempt::ofActivity),
      new ManifestSearchImpl(synapse, new RunsKnown(survey, temporal), Attempt::ofActivity),
      new ReleaseManifestActivitiesImpl(synapse, s3, effects, pages, Attempt::ofActivity),
      new NoticeActivitiesImpl(
          new SynapseMessenger(synapse, effects, settings.settle(), Attempt::ofActivity)),
      examined("synapse", synapse)
    };
  }

  Object[] s3() {
    return new Object[] {
      transfer,
      new LedgerActivitiesImpl(ledger, this::namespaceId),
      new SampleSheetActivitiesImpl(
          s3.repeating(),
          effects,
          new SynapseManifests(synapse, s3, outside, effects, pages, Attempt::ofActivity),
          new SchemaSource(http, settings.pipelineFiles())),
      new SampleActivitiesImpl(
          s3,
          effects,
          new SynapseSheets(synapse),
          new SevenBridgesView(sevenBridges, Attempt::ofActivity)),
      new ConfigFileActivitiesImpl(s3, effects, internet, new SynapseConfigs(synapse)),
      examined("ledger", ledger)
    };
  }

  Object[] seqera() {
    return new Object[] {
      new TowerActivitiesImpl(
          tower,
          new TowerTools(
              effects,
              Settle.inActivity(settings.settle()),
              settings.pollFloor(),
              polls,
              settings.watcher() ? Watchers.inActivity() : Watchers.none())),
      new WatcherActivitiesImpl(tower, settings.pollFloor(), PollMemory.inActivity()),
      examined("seqera", tower)
    };
  }

  Object[] sevenBridges() {
    S3Documents documents = new S3Documents(s3.repeating());
    return new Object[] {
      new SevenBridgesActivitiesImpl(
          sevenBridges,
          new SevenBridgesTools(
              documents,
              effects,
              pages,
              new ProjectClaims(survey, new TaskKeys(documents)),
              Attempt::ofActivity,
              settings.settle(),
              settings.pollFloor(),
              polls)),
      examined("sevenbridges", sevenBridges)
    };
  }

  Object[] drs() {
    return new Object[] {
      new DrsActivitiesImpl(
          drs,
          new DrsTools(
              new S3Documents(s3.repeating()),
              LedgerEffects.ofMints(ledger),
              pages,
              Attempt::ofActivity,
              settings.settle())),
      examined("drs", drs)
    };
  }

  Object[] containers() {
    Map<String, Map<String, ContainerExecutor>> executors =
        settings.containers().executors(http, calls, effects, seqeraExecutors());
    return new Object[] {
      new ContainerActivitiesImpl(
          executors,
          new ImageDigests(
              http, internet, settings.containers().registries(), settings.containers().logins()),
          new ContainerTools(
              new S3Documents(s3.repeating()),
              effects,
              effects,
              Settle.inActivity(settings.settle()),
              settings.pollFloor(),
              polls,
              settings.secrets(),
              settings.containers().secrets())),
      new ConnectionsActivitiesImpl(settings.containers().examined(executors))
    };
  }

  private static ConnectionsActivitiesImpl examined(String platform, Examined connections) {
    return new ConnectionsActivitiesImpl(Map.of(platform, connections));
  }

  private Map<String, ContainerExecutor> seqeraExecutors() {
    Map<String, ContainerExecutor> executors = new TreeMap<>();
    settings.tower().keySet().forEach(name -> executors.put(name, new TowerExecutor(tower, name)));
    return executors;
  }

  /** The namespace's UUID: its name says nothing about which server it lies on. */
  private String namespaceId() {
    return temporal
        .getWorkflowServiceStubs()
        .blockingStub()
        .describeNamespace(
            DescribeNamespaceRequest.newBuilder()
                .setNamespace(temporal.getOptions().getNamespace())
                .build())
        .getNamespaceInfo()
        .getId();
  }

  @Override
  public void close() {
    transfer.close();
    pages.close();
    s3.close();
  }
}
