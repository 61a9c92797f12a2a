package io.towpath.activities.synapse;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.outside.ObjectsInPlace;
import io.towpath.activities.outside.OutsideFiles;
import io.towpath.activities.samplesheet.ManifestSource;
import io.towpath.activities.samplesheet.Sheet;
import io.towpath.activities.store.Digests;
import io.towpath.activities.store.PageWriter;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.ManifestVersion;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.samplesheet.SheetRules;
import io.towpath.workflows.synapse.Inspection;
import io.towpath.workflows.synapse.SynapseActivities.IndexParent;
import io.towpath.workflows.synapse.SynapseActivities.InspectManifest;
import io.towpath.workflows.synapse.SynapseActivities.PinManifest;
import io.towpath.workflows.synapse.SynapseActivities.StoreManifest;
import io.towpath.workflows.synapse.SynapseActivities.StoredManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at what a manifest names, and stores it with the list of the files to stage. */
final class ManifestStaging {
  private static final int MOST_PROBLEMS = 500;
  private static final Pattern EXTENSION = Pattern.compile(".*(\\.[A-Za-z0-9]{1,8})");

  private final SynapseConnections connections;
  private final S3Clients s3;
  private final S3Documents documents;
  private final OutsideFiles outside;
  private final SubmitLedger ledger;
  private final PageRunner pages;
  private final ManifestReader manifests;

  ManifestStaging(
      SynapseConnections connections,
      S3Clients s3,
      OutsideFiles outside,
      SubmitLedger ledger,
      PageRunner pages) {
    this.connections = connections;
    this.s3 = s3;
    this.documents = new S3Documents(s3.repeating());
    this.outside = outside;
    this.ledger = ledger;
    this.pages = pages;
    this.manifests = new ManifestReader(connections);
  }

  ManifestVersion pin(PinManifest request, Runnable heartbeat) {
    return manifests.pin(request, heartbeat);
  }

  Inspection inspect(InspectManifest request, Runnable heartbeat) {
    SynapseAccount account = connections.get(request.connection());
    account.user();
    ManifestContent content = manifests.read(request.connection(), request.manifest(), heartbeat);
    FileLooks looks =
        looks(request.connection(), content).askingForRights().atMost(request.mostLooks());
    ObjectsInPlace objects = new ObjectsInPlace(s3.repeating());
    ManifestFiles files =
        new ManifestFiles(
                new ManifestFiles.Looks(
                    ids -> looks.at(ids, heartbeat), uri -> FileLook.of(objects.look(uri))),
                pages,
                heartbeat)
            .read(sheet(content, request.manifest(), request.rules()), request.rules())
            .placed(request.layout(), file -> {});
    List<Problem> problems = new ArrayList<>(files.problems());
    for (IndexParent parent : request.indexParents()) {
      problems.addAll(ParentCheck.of(parent, account));
    }
    return new Inspection(
        files.rows(),
        files.count() + looks.notYet(),
        files.bytes(),
        looks.notYet(),
        problems.subList(0, Math.min(MOST_PROBLEMS, problems.size())),
        files.warnings());
  }

  /**
   * The sheet; of its files those that can be read are handed over, and what was seen stays.
   *
   * @param each told of each file with its place
   */
  Sheet look(ManifestSource.Wanted wanted, Consumer<FileRef> each, Runnable heartbeat) {
    ManifestContent content = manifests.read(wanted.connection(), wanted.manifest(), heartbeat);
    Sheet sheet = sheet(content, wanted.manifest(), wanted.rules());
    FileLooks looks = looks(wanted.connection(), content).atMost(wanted.mostLooks());
    files(looks, heartbeat).read(sheet, wanted.rules()).placed(wanted.layout(), each);
    return sheet;
  }

  StoredManifest store(StoreManifest request, Runnable heartbeat) {
    ManifestContent content = manifests.read(request.connection(), request.manifest(), heartbeat);
    ManifestFiles files =
        files(looks(request.connection(), content), heartbeat)
            .read(sheet(content, request.manifest(), request.rules()), request.rules());
    ledger.requireHeld(request.claim());
    PageWriter writer = documents.writer(request.work().resolve("files/"), files.count());
    files.placed(request.layout(), file -> writer.add(file, file.sizeBytes()));
    if (!files.problems().isEmpty()) {
      throw refused(request.manifest(), files.problems());
    }
    S3Uri stored = request.work().resolve("sheet" + extension(request.manifest().name()));
    documents.write(stored, "text/plain", content.sheet());
    return new StoredManifest(stored, Digests.sha256(content.sheet()), writer.finish());
  }

  private FileLooks looks(String connection, ManifestContent content) {
    return new FileLooks(
        content,
        connections.get(connection),
        (ids, heartbeat) -> outside.look(connection, ids, heartbeat),
        pages);
  }

  /** What stays in place was looked at in the preflight and is not looked at again. */
  private ManifestFiles files(FileLooks looks, Runnable heartbeat) {
    return new ManifestFiles(
        new ManifestFiles.Looks(ids -> looks.at(ids, heartbeat), uri -> FileLook.FINE),
        pages,
        heartbeat);
  }

  private static Sheet sheet(ManifestContent content, ManifestVersion manifest, SheetRules rules) {
    return Sheet.of(content.sheet(), manifest.name(), rules);
  }

  private static PlatformException refused(ManifestVersion manifest, List<Problem> problems) {
    return new PlatformException(
        FailureKind.INPUT_REJECTED,
        "the manifest "
            + manifest.id()
            + " cannot be staged: "
            + Listing.of(problems.stream().map(p -> p.place() + ": " + p.text()).toList(), "; "));
  }

  private static String extension(String name) {
    Matcher matcher = EXTENSION.matcher(name);
    return matcher.matches() ? matcher.group(1) : "";
  }
}
