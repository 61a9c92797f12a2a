package io.towpath.activities.sevenbridges;

import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.sevenbridges.ResolvedTarget;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities;
import io.towpath.workflows.sevenbridges.TargetSpec;
import io.towpath.workflows.sevenbridges.TaskCounts;
import io.towpath.workflows.sevenbridges.TaskLine;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The front of the adapter: one collaborator does each step. */
public final class SevenBridgesActivitiesImpl implements SevenBridgesActivities {
  private final SevenBridgesAccounts accounts;
  private final SevenBridgesTools tools;

  public SevenBridgesActivitiesImpl(SevenBridgesAccounts accounts, SevenBridgesTools tools) {
    this.accounts = accounts;
    this.tools = tools;
  }

  @Override
  public ResolvedTarget resolve(TargetSpec spec) {
    return new TargetResolver(
            accounts.get(spec.connection()).client(), tools.attempts().get()::heartbeat)
        .resolve(spec);
  }

  @Override
  public PreparedProject prepareProject(PrepareProject request) {
    return new ProjectPreparation(writer(request.spec().connection(), request.claim()), request)
        .run();
  }

  @Override
  public FoldersMade ensureFolders(EnsureFolders request) {
    return new FolderTree(writer(request.connection(), request.claim()), tools.documents())
        .ensure(request);
  }

  @Override
  public JobCounts submitImports(ImportPage request) {
    ProjectWriter writer = writer(request.connection(), request.claim());
    return new ImportSubmission(writer, tools.documents(), request).run();
  }

  @Override
  public ImportCounts awaitImports(ImportPage request) {
    return new ImportWatch(tools, accounts.get(request.connection()), request).await();
  }

  @Override
  public DraftedTasks ensureDrafts(DraftTasks request) {
    return new TaskDrafts(tasks(request), request).ensure();
  }

  @Override
  public TaskCounts runTasks(RunPage request) {
    return new TaskRuns(tasks(request.request()), InstantSource.system()).run(request);
  }

  @Override
  public CollectedPage collectOutputs(CollectPage request) {
    return new OutputCollector(tasks(request.request()), request, InstantSource.system()).collect();
  }

  @Override
  public StoppedTasks stopTasks(DraftTasks request, Optional<ManifestRef> tasks, boolean unclear) {
    return new TaskStopper(tasks(request), request).stop(tasks, unclear);
  }

  @Override
  public int deleteStrayDrafts(DraftTasks request, ManifestRef tasks) {
    return new TaskStopper(tasks(request), request).deleteStrays(tasks);
  }

  @Override
  public List<TaskLine> tellTasks(DraftTasks request, ManifestRef tasks, int most) {
    return new TaskTelling(accounts.get(request.connection()), request.project())
        .tell(tools.documents(), tasks, most);
  }

  private TaskTools tasks(DraftTasks request) {
    return TaskTools.of(accounts.get(request.connection()), tools);
  }

  private ProjectWriter writer(String connection, Claim claim) {
    return ProjectWriter.of(tools, accounts.get(connection), claim);
  }
}
