package io.towpath.workflows.synapse;

import io.temporal.activity.ActivityInterface;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.samplesheet.SheetRules;
import io.towpath.workflows.transfer.StageLayout;
import java.util.List;
import java.util.Optional;

/** Reads manifests from Synapse and files results in it. */
@ActivityInterface(namePrefix = "Synapse")
public interface SynapseActivities {
  /** Who we are at Synapse, for {@code doctor}: user name, whether certified. Read-only. */
  String whoAmI(String connection);

  /**
   * Pins a manifest to a version, or a view to what it shows now. Read-only. Fails with {@code
   * INPUT_REJECTED} when the entity is no manifest, and with {@code ACCESS_DENIED} when it cannot
   * be read.
   */
  ManifestVersion pinManifest(PinManifest request);

  /** Asks for a manifest to be pinned; {@code query} is for views and datasets. */
  record PinManifest(String connection, SynapseId manifest, Optional<String> query) {}

  /**
   * Reads the manifest and looks at every file it names and at the folder that results go to; lists
   * every problem, with line and column. Read-only: one bundle call per distinct file, which stays
   * in the worker's memory by id and version for 10 minutes.
   */
  Inspection inspect(InspectManifest request);

  /**
   * Stores the manifest's bytes and one {@link io.towpath.workflows.model.FileRef} line per
   * distinct file below {@code work}. Safe to repeat.
   */
  StoredManifest storeManifest(StoreManifest request);

  /**
   * Finds or makes what indexing needs once: folders for every path (one writer), the storage
   * location with its owner.txt, and the activity that all files share. Safe to repeat.
   */
  IndexTarget prepareIndex(PrepareIndex request);

  /**
   * Makes one entity per line of an output page, or a new version where the MD5 differs, with
   * annotations and provenance in the same call; an unchanged file costs no write. Writes a result
   * page of {@link IndexedFile} lines. Safe to repeat.
   */
  IndexedPage indexPage(IndexPage request);

  /** Joins the result pages into the mapping CSV, the commit marker of an index; written last. */
  S3Uri writeMapping(Claim claim, ManifestRef indexed, S3Uri mapping);

  /**
   * Files the report of a run that indexed as {@code towpath-report.json} in the index's parent.
   */
  IndexedFile ensureReport(EnsureReport request);

  /** Asks for a manifest to be inspected; {@code indexParents} are the folders results go to. */
  record InspectManifest(
      String connection,
      ManifestVersion manifest,
      SheetRules rules,
      StageLayout layout,
      List<IndexParent> indexParents) {}

  /** A folder that results go to, and where the request names it. */
  record IndexParent(SynapseId id, String place) {}

  /** Asks for a manifest to be stored below {@code work}. */
  record StoreManifest(
      Claim claim,
      String connection,
      ManifestVersion manifest,
      SheetRules rules,
      StageLayout layout,
      S3Uri work) {}

  /**
   * A stored manifest.
   *
   * @param sheet the manifest's own bytes
   * @param files pages of {@link io.towpath.workflows.model.FileRef}, distinct, in order of first
   *     use
   */
  record StoredManifest(S3Uri sheet, ManifestRef files) {}

  /**
   * Asks for what indexing needs once.
   *
   * @param parent folder or project that the tree goes into
   * @param outputs pages of {@link io.towpath.workflows.transfer.OutputFile}
   * @param baseKey folder in the outputs' bucket where owner.txt lies; used for nothing else
   * @param folders where the map from path to folder id is stored
   * @param names what to do about names that Synapse refuses or that collide
   * @param provenance what was used and executed
   */
  record PrepareIndex(
      Claim claim,
      String connection,
      SynapseId parent,
      ManifestRef outputs,
      S3Uri baseKey,
      S3Uri folders,
      NameRules names,
      Provenance provenance) {}

  /**
   * What to do about names.
   *
   * @param onIllegal {@code fail}, or {@code sanitize+record}: an injective replacement, reported
   * @param onCollision {@code fail}: a name taken by other work stops the index before it begins
   */
  record NameRules(String onIllegal, String onCollision) {}

  /**
   * What produced the files.
   *
   * @param name activity name, carries the operation key
   * @param description where S3 URIs and digests go, which Synapse takes in no link
   * @param used entities with their versions: the manifest, and its files (at most 500)
   * @param executed links to the pipeline at its commit and to the run
   */
  record Provenance(String name, String description, List<SynapseId> used, List<Link> executed) {
    public Provenance {
      used = List.copyOf(used);
      executed = List.copyOf(executed);
    }

    /** A named https link. */
    public record Link(String name, String url) {}
  }

  /**
   * What indexing needs once.
   *
   * @param folderCount folders below the parent, made and found
   * @param foldersCreated folders made by this claim's work
   */
  record IndexTarget(
      long storageLocationId,
      String activityId,
      S3Uri folders,
      int folderCount,
      int foldersCreated,
      List<String> renamed) {
    public IndexTarget {
      renamed = renamed == null ? List.of() : List.copyOf(renamed);
    }
  }

  /** One page of outputs to index; {@code outputs} carries MD5s, {@code result} is a prefix. */
  record IndexPage(
      Claim claim,
      String connection,
      SynapseId parent,
      ManifestRef outputs,
      int page,
      IndexTarget target,
      NameRules names,
      S3Uri result) {}

  /** Counts of one indexed page. */
  record IndexedPage(long created, long newVersions, long unchanged) {
    public IndexedPage plus(IndexedPage other) {
      return new IndexedPage(
          created + other.created, newVersions + other.newVersions, unchanged + other.unchanged);
    }

    public long files() {
      return created + newVersions + unchanged;
    }
  }

  /** Files a report that lies at {@code report} into {@code parent}. */
  record EnsureReport(
      Claim claim,
      String connection,
      SynapseId parent,
      S3Uri report,
      String md5,
      IndexTarget target) {}
}
