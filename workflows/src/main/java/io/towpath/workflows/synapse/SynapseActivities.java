package io.towpath.workflows.synapse;

import io.temporal.activity.ActivityInterface;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.ManifestVersion;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.samplesheet.SheetRules;
import io.towpath.workflows.transfer.StageLayout;
import java.util.List;
import java.util.Optional;

/** Reads manifests from Synapse and files results in it. */
@ActivityInterface(namePrefix = "Synapse")
public interface SynapseActivities {
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

  /**
   * Joins the result pages into the mapping CSV, the commit marker of an index; written last. Says
   * what an earlier mapping has and this one has not; nothing of it is touched.
   */
  Mapping writeMapping(WriteMapping request);

  /** Looks whether a document may be filed in a folder; lists every problem. Read-only. */
  List<Problem> inspectFolder(InspectFolder request);

  /** Asks for a folder to be looked at; {@code place} is where the request names it. */
  record InspectFolder(String connection, SynapseId folder, String place) {}

  /**
   * Files a document of a run: the report of a round trip beside what was indexed, or an output
   * manifest. Other bytes make a new version, the same bytes none. Safe to repeat.
   */
  IndexedFile ensureReport(EnsureReport request);

  /**
   * Asks for a manifest to be inspected.
   *
   * @param mostLooks how many files may cost a call of their own; further ones are only counted
   * @param indexParents the folders results go to
   */
  record InspectManifest(
      String connection,
      ManifestVersion manifest,
      SheetRules rules,
      StageLayout layout,
      int mostLooks,
      List<IndexParent> indexParents) {}

  /**
   * A folder that results go to.
   *
   * @param place where the request names it
   * @param businessKey whose results; empty where nobody asks yet
   * @param names what to do about names; of these, the report's is known before anything runs
   * @param storageLocation one that the request names instead of having it found
   * @param bucket bucket of the outputs
   */
  record IndexParent(
      SynapseId id,
      String place,
      String businessKey,
      NameRules names,
      Optional<Long> storageLocation,
      String bucket) {}

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
   * @param sha256 hex SHA-256 of them
   * @param files pages of {@link io.towpath.workflows.model.FileRef}, distinct, in order of first
   *     use
   */
  record StoredManifest(S3Uri sheet, String sha256, ManifestRef files) {}

  /**
   * Asks for what indexing needs once.
   *
   * @param parent folder or project that the tree goes into
   * @param outputs pages of {@link io.towpath.workflows.transfer.OutputFile}
   * @param baseKey folder in the outputs' bucket where owner.txt lies; used for nothing else
   * @param folders where the map from path to folder id is stored
   * @param names what to do about names that Synapse refuses or that collide
   * @param storageLocation one that the request names; else it is found, or made
   * @param provenance what was used and executed
   * @param annotations what files are told by; later rules override earlier ones
   * @param from prefixes that tables of the annotations lie below
   * @param folder path of a folder below the parent that everything goes into, made when it is
   *     missing; empty for the parent itself
   * @param earlier prefixes of the result pages that earlier generations may have left, newest
   *     first: what they filed and a listing shows to be as it was then is not looked at
   */
  record PrepareIndex(
      Claim claim,
      String connection,
      SynapseId parent,
      ManifestRef outputs,
      S3Uri baseKey,
      S3Uri folders,
      NameRules names,
      Optional<Long> storageLocation,
      Provenance provenance,
      List<AnnotationRule> annotations,
      List<S3Uri> from,
      String folder,
      List<S3Uri> earlier) {
    public PrepareIndex {
      annotations = annotations == null ? List.of() : List.copyOf(annotations);
      from = from == null ? List.of() : List.copyOf(from);
      folder = folder == null ? "" : folder;
      earlier = earlier == null ? List.of() : List.copyOf(earlier);
    }

    /** The same, with its folder as the parent. */
    public PrepareIndex in(SynapseId folderId) {
      return new PrepareIndex(
          claim,
          connection,
          folderId,
          outputs,
          baseKey,
          folders,
          names,
          storageLocation,
          provenance,
          annotations,
          from,
          "",
          earlier);
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

  /**
   * Counts of one indexed page.
   *
   * @param annotated files with the same bytes as before
   * @param sha256 hex SHA-256 of the page of results
   */
  record IndexedPage(
      long created, long newVersions, long annotated, long unchanged, String sha256) {
    public static final IndexedPage NONE = new IndexedPage(0, 0, 0, 0, "");

    /** The counts of both. */
    public IndexedPage plus(IndexedPage other) {
      return new IndexedPage(
          created + other.created,
          newVersions + other.newVersions,
          annotated + other.annotated,
          unchanged + other.unchanged,
          "");
    }

    public long files() {
      return created + newVersions + annotated + unchanged;
    }
  }

  /**
   * Asks for the mapping.
   *
   * @param indexed pages of {@link IndexedFile}
   * @param mapping where it goes
   * @param earlier mappings that earlier generations may have left, newest first
   */
  record WriteMapping(Claim claim, ManifestRef indexed, S3Uri mapping, List<S3Uri> earlier) {
    public WriteMapping {
      earlier = earlier == null ? List.of() : List.copyOf(earlier);
    }
  }

  /**
   * A written mapping.
   *
   * @param vanished the first 50 files that the newest earlier mapping has and this one has not, as
   *     path and entity
   * @param vanishedCount how many there are
   */
  record Mapping(S3Uri uri, List<String> vanished, long vanishedCount) {
    public Mapping {
      vanished = vanished == null ? List.of() : List.copyOf(vanished);
    }
  }

  /**
   * A document to file.
   *
   * @param report where it lies in S3
   * @param json what is stored there first; empty where it lies there already
   * @param target storage location of its bucket, and what made it; empty where Synapse keeps a
   *     copy of its own, as nobody made the bucket known to it
   * @param name its file name; {@code towpath-report.json} where it says nothing
   * @param sharedBelow how the business keys begin that share the file, so that each may replace
   *     what another filed; empty where it is this key's alone
   * @param sha256 lower-case hex of the bytes that have to lie there, else it fails with {@code
   *     CHECKSUM_MISMATCH}; empty where whatever lies there is meant
   */
  record EnsureReport(
      Claim claim,
      String connection,
      SynapseId parent,
      S3Uri report,
      Optional<String> json,
      Optional<IndexTarget> target,
      Optional<String> name,
      Optional<String> sharedBelow,
      Optional<String> sha256) {
    public EnsureReport {
      name = name == null ? Optional.empty() : name;
      sharedBelow = sharedBelow == null ? Optional.empty() : sharedBelow;
      sha256 = sha256 == null ? Optional.empty() : sha256;
    }
  }
}
