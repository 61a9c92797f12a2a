package io.towpath.workflows.hosted;

import io.temporal.worker.Worker;
import io.temporal.worker.WorkflowImplementationOptions;
import io.towpath.workflows.RunSettings;
import io.towpath.workflows.cavatica.CavaticaEtl;
import io.towpath.workflows.cavatica.CavaticaWorkflow;
import io.towpath.workflows.cavatica.CavaticaWorkflowImpl;
import io.towpath.workflows.etl.EtlPlan;
import io.towpath.workflows.lease.LeaseWorkflowImpl;
import io.towpath.workflows.lease.UpgradingLeaseImpl;
import io.towpath.workflows.plan.DoctorWorkflowImpl;
import io.towpath.workflows.plan.LookWorkflowImpl;
import io.towpath.workflows.plan.PlanWorkflow;
import io.towpath.workflows.plan.PlanWorkflowImpl;
import io.towpath.workflows.release.ReleaseEtl;
import io.towpath.workflows.release.ReleaseWorkflow;
import io.towpath.workflows.release.ReleaseWorkflowImpl;
import io.towpath.workflows.roundtrip.RoundTripEtl;
import io.towpath.workflows.roundtrip.RoundTripRequest;
import io.towpath.workflows.roundtrip.RoundTripWorkflow;
import io.towpath.workflows.roundtrip.RoundTripWorkflowImpl;
import io.towpath.workflows.scan.ManifestScanPlan;
import io.towpath.workflows.scan.ManifestScanWorkflow;
import io.towpath.workflows.scan.ManifestScanWorkflowImpl;
import io.towpath.workflows.watcher.UpgradingWatcherImpl;
import io.towpath.workflows.watcher.WatcherWorkflowImpl;
import java.util.Map;
import java.util.function.Function;

/** Every workflow of this build: what a worker hosts, and what histories are replayed against. */
public final class HostedWorkflows {
  private HostedWorkflows() {}

  /**
   * Registers all of them.
   *
   * @param runs what the worker's settings mean for a request; a run keeps those that it began with
   */
  public static void register(Worker worker, Function<Map<String, Object>, RunSettings> runs) {
    WorkflowImplementationOptions options =
        WorkflowImplementationOptions.newBuilder()
            .setFailWorkflowExceptionTypes(IllegalArgumentException.class)
            .build();
    worker.registerWorkflowImplementationFactory(
        RoundTripWorkflow.class, () -> new RoundTripWorkflowImpl(runs), options);
    worker.registerWorkflowImplementationFactory(
        CavaticaWorkflow.class, () -> new CavaticaWorkflowImpl(runs), options);
    worker.registerWorkflowImplementationFactory(
        ReleaseWorkflow.class, () -> new ReleaseWorkflowImpl(runs), options);
    worker.registerWorkflowImplementationFactory(
        ManifestScanWorkflow.class,
        () -> new ManifestScanWorkflowImpl(runs, RoundTripRequest::readTemplate),
        options);
    worker.registerWorkflowImplementationFactory(
        PlanWorkflow.class, () -> new PlanWorkflowImpl(planners(), runs), options);
    boolean versioned = worker.getWorkerOptions().getDeploymentOptions() != null;
    worker.registerWorkflowImplementationTypes(
        options,
        LookWorkflowImpl.class,
        DoctorWorkflowImpl.class,
        versioned ? UpgradingLeaseImpl.class : LeaseWorkflowImpl.class,
        versioned ? UpgradingWatcherImpl.class : WatcherWorkflowImpl.class);
  }

  private static Map<String, PlanWorkflowImpl.Planner> planners() {
    return Map.of(
        RoundTripWorkflow.TYPE,
        (json, exposed) -> EtlPlan.of(new RoundTripEtl(EtlPlan.PATIENCE), json, exposed),
        CavaticaWorkflow.TYPE,
        (json, exposed) -> EtlPlan.of(new CavaticaEtl(EtlPlan.PATIENCE), json, exposed),
        ReleaseWorkflow.TYPE,
        (json, exposed) -> EtlPlan.of(new ReleaseEtl(EtlPlan.PATIENCE), json, exposed),
        ManifestScanWorkflow.TYPE,
        (json, exposed) -> ManifestScanPlan.of(json, exposed, RoundTripRequest::readTemplate));
  }
}
