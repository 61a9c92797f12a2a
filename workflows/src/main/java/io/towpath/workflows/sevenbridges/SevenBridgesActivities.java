package io.towpath.workflows.sevenbridges;

import io.temporal.activity.ActivityInterface;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Works in one project of a Seven Bridges platform (CAVATICA). Pages hold the work; history holds
 * counts. Everything here is safe to retry.
 */
@ActivityInterface(namePrefix = "SevenBridges")
public interface SevenBridgesActivities {
  /**
   * Turns names into what the platform will use: project, app with revision, volumes. Read-only;
   * lists every problem, with the right that is missing, instead of failing on the first.
   */
  ResolvedTarget resolve(TargetSpec spec);

  /**
   * Makes the project if the request says so and it is not there, copies the app into it at its
   * revision, and copies the files that the app suggests. What is there is taken.
   */
  PreparedProject prepareProject(PrepareProject request);

  /**
   * Makes every folder that the files go to, by this one writer, and stores their ids as lines of
   * {@link ProjectFolder}.
   */
  FoldersMade ensureFolders(EnsureFolders request);

  /**
   * Imports what is not there of one page of {@link io.towpath.workflows.samples.SampleFile}, in
   * bulk jobs, and stores one {@link ImportJob} line per file. A file with the same name counts as
   * there only if volume, location and size agree; otherwise {@code onExists} decides. Never
   * renames, and overwrites only with {@code replace}.
   */
  JobCounts submitImports(ImportPage request);

  /**
   * Waits for one page of import jobs. Each attempt asks once, in bulk; while some go on it fails
   * with {@code STILL_RUNNING}. When all ended it sets metadata in bulk and stores one {@link
   * ImportedFile} line per file, in the order of the page; failed ones have their error.
   */
  ImportCounts awaitImports(ImportPage request);

  /**
   * Finds or makes one task per line of {@link io.towpath.workflows.samples.TaskInputs}: a draft,
   * validated by the platform, with inputs that need the task's id filled in and verified. Lists
   * the project's tasks over all pages and states, and what is new once more after it made drafts.
   * Stores one {@link TaskState} line per sample, {@link #TASKS_PER_PAGE} to a page. Fails with
   * {@code INPUT_REJECTED} that lists every sample whose task cannot be run; all drafts stay then,
   * where people can look at them, until {@link #stopTasks} deletes them. Goes on for minutes where
   * there are many.
   */
  DraftedTasks ensureDrafts(DraftTasks request);

  /**
   * Tasks in one page of {@link TaskState}. A page costs history some fifty events until its files
   * have ids; how many tasks one call asks for has nothing to do with it.
   */
  int TASKS_PER_PAGE = 250;

  /**
   * Runs one page of tasks: keeps {@code atOnce} of them running, starts drafts as others end, and
   * makes new attempts of failed ones as far as the request allows. Each attempt of the activity
   * asks once, in bulk; while there is no news it fails with {@code STILL_RUNNING}. Returns when
   * all ended, or when the counts moved by {@code news} from {@code known}, or attention differs.
   * Without {@code continueOnFailure} nothing is begun any more after a failure, and it returns
   * when what runs has ended. The page's lines are stored again whenever they changed, so the
   * digest of {@code tasks} is that of the drafts. An outage fails nothing.
   */
  TaskCounts runTasks(RunPage request);

  /**
   * Collects the outputs of one page of ended tasks, of every shape: one {@link TaskOutput} line
   * per file, with metadata of its sample set in bulk where asked. With an export, each file is
   * exported to the volume, and what lies in S3 is stored as {@link
   * io.towpath.workflows.transfer.OutputFile} lines too, whose {@code path} is the file's id and
   * whose ETag is not known. Nothing is taken of a task that did not succeed. A file that the task
   * was given is listed, but neither changed nor exported; one that lies on a volume already stays
   * there. Asks once per attempt while exports go on.
   */
  CollectedPage collectOutputs(CollectPage request);

  /**
   * Leaves nothing running: aborts the tasks of these pages that this claim made and deletes its
   * drafts. A task that another open claim of the project names is left and counted. Also finds
   * tasks whose ids never came back, by their keys.
   *
   * @param tasks lines of {@link TaskState}, if they were stored
   * @param unclear whether a send may still be under way
   */
  StoppedTasks stopTasks(DraftTasks request, Optional<ManifestRef> tasks, boolean unclear);

  /**
   * The tasks of these pages for a report, failed ones first.
   *
   * @param most how many
   */
  List<TaskLine> tellTasks(DraftTasks request, ManifestRef tasks, int most);

  /**
   * Deletes drafts that this claim made with keys of this sheet and that no line names; a last look
   * before the report.
   */
  int deleteStrayDrafts(DraftTasks request, ManifestRef tasks);

  /** Asks for project, app and reference files. */
  record PrepareProject(Claim claim, TargetSpec spec, ResolvedTarget target, String scope) {}

  /**
   * What the project has now.
   *
   * @param app the app in the project with its revision, {@code owner/project/name/revision}
   * @param appId the same without revision
   * @param createdProject whether this claim made it
   * @param copiedFiles reference files that were copied
   * @param references the app's {@code sbg:suggestedValue} by input id, with the ids of the copies:
   *     {@code {class: File, path: <file id>}}, or a list of such; empty where none are copied
   */
  record PreparedProject(
      String app,
      String appId,
      boolean createdProject,
      int copiedFiles,
      Map<String, Object> references) {
    public PreparedProject {
      references = new TreeMap<>(references == null ? Map.of() : references);
    }
  }

  /**
   * Asks for folders.
   *
   * @param files pages of {@link io.towpath.workflows.samples.SampleFile}
   * @param result the object that gets the {@link ProjectFolder} lines
   */
  record EnsureFolders(
      Claim claim, String connection, String project, ManifestRef files, S3Uri result) {}

  /** The stored folders, and how many were made. */
  record FoldersMade(S3Uri folders, int made) {}

  /**
   * One page of files to import.
   *
   * @param onExists {@code verify}: another file of that name is an error of that file; {@code
   *     replace}: it is overwritten; {@code fail}: any file of that name is an error
   * @param jobs prefix of the pages of {@link ImportJob}
   * @param result prefix of the pages of {@link ImportedFile}
   */
  record ImportPage(
      Claim claim,
      String connection,
      String project,
      String volume,
      S3Uri folders,
      ManifestRef files,
      int page,
      String onExists,
      S3Uri jobs,
      S3Uri result) {}

  /** Import jobs that were sent, and files that were there. */
  record JobCounts(int submitted, int reused) {}

  /** How a page of imports ended; {@code firstError} is that of the first failed file. */
  record ImportCounts(
      int imported, int reused, int failed, long sizeBytes, Optional<String> firstError) {
    /** Nothing was imported yet. */
    public static final ImportCounts NONE = new ImportCounts(0, 0, 0, 0, Optional.empty());

    public ImportCounts plus(ImportCounts other) {
      return new ImportCounts(
          imported + other.imported,
          reused + other.reused,
          failed + other.failed,
          sizeBytes + other.sizeBytes,
          firstError.or(other::firstError));
    }
  }

  /**
   * Asks for tasks.
   *
   * @param scope what operation keys are scoped by: the project, with {@code TOWPATH_SCOPE}
   * @param app the app in the project with its revision
   * @param inputs lines of {@link io.towpath.workflows.samples.TaskInputs}
   * @param again whether finished tasks are done again ({@code rerun: always}), instead of reused
   * @param result prefix of the pages of {@link TaskState}
   */
  record DraftTasks(
      Claim claim,
      String connection,
      String scope,
      String project,
      String app,
      ManifestRef inputs,
      TaskOptions options,
      boolean again,
      S3Uri result) {}

  /**
   * How tasks run.
   *
   * @param maxReruns how many new attempts a failed task gets within one generation
   */
  record TaskOptions(
      boolean interruptible, boolean memoize, int maxReruns, boolean continueOnFailure) {}

  /**
   * The tasks as drafts or as found.
   *
   * @param tasks pages of {@link TaskState}
   * @param created drafts that were made
   * @param adopted tasks that carried their key already, whatever their state
   * @param doubles drafts that were deleted because another task carried the same key
   */
  record DraftedTasks(ManifestRef tasks, int created, int adopted, int doubles) {}

  /**
   * One page of tasks to run.
   *
   * @param atOnce tasks of this page that may run at a time; 0 starts no more and returns once none
   *     runs
   * @param known what the workflow was told last
   * @param news by how many tasks a count has to move before the workflow is told
   */
  record RunPage(
      DraftTasks request, ManifestRef tasks, int page, int atOnce, TaskCounts known, int news) {}

  /**
   * Asks for the outputs of one page of tasks.
   *
   * @param include globs over output port ids
   * @param inheritMetadata whether outputs get the metadata that all files of the sample share
   * @param files the sample files, for their metadata
   * @param export where to export to; empty leaves files on the platform
   * @param outputs prefix of the pages of {@link TaskOutput}
   * @param objects prefix of the pages of {@link io.towpath.workflows.transfer.OutputFile}
   */
  record CollectPage(
      DraftTasks request,
      ManifestRef tasks,
      int page,
      List<String> include,
      boolean inheritMetadata,
      ManifestRef files,
      Optional<ExportTarget> export,
      S3Uri outputs,
      S3Uri objects) {}

  /** A writable volume, its bucket and prefix, and the prefix below it. */
  record ExportTarget(String volume, String bucket, String volumePrefix, String prefix) {}

  /**
   * What one page gave: files, those of them that lie in S3, and files of which something went
   * wrong; {@code firstError} is empty where nothing did.
   */
  record CollectedPage(int files, int objects, long sizeBytes, int failed, String firstError) {
    /** Nothing was collected yet. */
    public static final CollectedPage NONE = new CollectedPage(0, 0, 0, 0, "");

    public CollectedPage plus(CollectedPage other) {
      return new CollectedPage(
          files + other.files,
          objects + other.objects,
          sizeBytes + other.sizeBytes,
          failed + other.failed,
          firstError.isEmpty() ? other.firstError : firstError);
    }
  }

  /** What was stopped, and what was left because others need it. */
  record StoppedTasks(int aborted, int deletedDrafts, int left) {}
}
