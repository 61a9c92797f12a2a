package io.towpath.activities.tower;

import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.tower.AwaitRun;
import io.towpath.workflows.tower.LaunchRequest;
import io.towpath.workflows.tower.ResolvedRun;
import io.towpath.workflows.tower.RunObservation;
import io.towpath.workflows.tower.RunRef;
import io.towpath.workflows.tower.RunSpec;
import io.towpath.workflows.tower.TowerActivities;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Looks before it submits, asks once per attempt, and cancels by key. */
public final class TowerActivitiesImpl implements TowerActivities {
  private final TowerSites sites;
  private final TowerTools tools;
  private final SubmitOnce submitOnce;

  /** Activities on the named connections. */
  public TowerActivitiesImpl(TowerSites sites, TowerTools tools) {
    this.sites = sites;
    this.tools = tools;
    this.submitOnce = new SubmitOnce(tools.ledger(), tools.settle());
  }

  @Override
  public ResolvedRun resolve(RunSpec spec) {
    return new RunResolver(site(spec.connection()).directory()).resolve(spec);
  }

  @Override
  public RunRef ensureRun(LaunchRequest request) {
    return submitOnce.submit(new LaunchEffect(site(request.connection()), request));
  }

  @Override
  public RunObservation awaitRun(AwaitRun request) {
    return watch(request).await(request);
  }

  @Override
  public RunObservation checkRun(AwaitRun request) {
    return watch(request).check(request);
  }

  @Override
  public EndedRun endRun(RunRef run, Claim claim) {
    List<RunRef> doubles =
        canceller(run.connection(), run.workspaceId())
            .cancelDoubles(run, () -> tools.ledger().requireHeld(claim));
    return new EndedRun(new EvidenceReader(site(run.connection()), run).collect(), doubles);
  }

  @Override
  public EndedRun endForeignRun(RunRef run) {
    return new EndedRun(new EvidenceReader(site(run.connection()), run).collect(), List.of());
  }

  @Override
  public List<RunRef> cancelByKey(
      String connection, long workspaceId, RunKey key, boolean unclear) {
    return canceller(connection, workspaceId).cancelByKey(key, unclear);
  }

  @Override
  public Optional<RunRef> findById(String connection, long workspaceId, String workflowId) {
    return site(connection)
        .runs(workspaceId)
        .byId(workflowId)
        .map(row -> new RunRef(connection, workspaceId, row.id(), row.runName()));
  }

  private RunWatch watch(AwaitRun request) {
    return new RunWatch(site(request.run().connection()), tools, InstantSource.system());
  }

  private RunCanceller canceller(String connection, long workspaceId) {
    return new RunCanceller(
        connection, workspaceId, site(connection), tools.settle(), tools.pollFloor());
  }

  private TowerSite site(String connection) {
    return sites.site(connection);
  }
}
