package io.towpath.activities.synapse;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.outside.Addresses;
import io.towpath.activities.outside.ObjectsInPlace;
import io.towpath.activities.outside.OpenInternet;
import io.towpath.activities.samplesheet.ManifestSource.SeenManifest;
import io.towpath.activities.samplesheet.Sheet;
import io.towpath.activities.samplesheet.SheetReferences;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.ManifestVersion;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.samplesheet.SheetRules;
import io.towpath.workflows.synapse.Inspection;
import io.towpath.workflows.synapse.SynapseActivities.IndexParent;
import io.towpath.workflows.synapse.SynapseActivities.InspectManifest;
import io.towpath.workflows.synapse.SynapseActivities.PinManifest;
import io.towpath.workflows.synapse.SynapseActivities.StoreManifest;
import io.towpath.workflows.synapse.SynapseActivities.StoredManifest;
import io.towpath.workflows.transfer.StageLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at what a manifest names, and stores it with the list of the files to stage. */
final class ManifestStaging {
  private static final int MOST_PROBLEMS = 500;
  private static final int MOST_WARNINGS = 50;
  private static final Pattern EXTENSION = Pattern.compile(".*(\\.[A-Za-z0-9]{1,8})");

  private final SynapseConnections connections;
  private final S3Clients s3;
  private final S3Documents documents;
  private final Addresses addresses;
  private final SubmitLedger ledger;
  private final PageRunner pages;
  private final ManifestReader manifests;

  ManifestStaging(
      SynapseConnections connections,
      S3Clients s3,
      OpenInternet internet,
      SubmitLedger ledger,
      PageRunner pages) {
    this.connections = connections;
    this.s3 = s3;
    this.documents = new S3Documents(s3.repeating());
    this.addresses = new Addresses(internet);
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
    Map<SourceId, FileLook> known =
        new HandleCheck(account.client()).of(content.known(), heartbeat);
    ObjectsInPlace objects = new ObjectsInPlace(s3.repeating());
    ManifestFiles files =
        files(
            content.sheet(),
            request.manifest(),
            request.rules(),
            request.layout(),
            new ManifestFiles.Looks(looks(known, account), uri -> FileLook.of(objects.look(uri))),
            heartbeat);
    List<Problem> problems = new ArrayList<>(files.problems());
    for (IndexParent parent : request.indexParents()) {
      problems.addAll(ParentCheck.of(parent, account));
    }
    return new Inspection(
        files.rows(),
        files.files().size(),
        files.bytes(),
        problems.subList(0, Math.min(MOST_PROBLEMS, problems.size())),
        firstOf(files.warnings()));
  }

  /** The sheet with the files that it names, as far as they can be read; what was seen stays. */
  SeenManifest look(
      String connection,
      ManifestVersion manifest,
      SheetRules rules,
      StageLayout layout,
      Runnable heartbeat) {
    SynapseAccount account = connections.get(connection);
    ManifestContent content = manifests.read(connection, manifest, heartbeat);
    ManifestFiles files =
        files(
            content.sheet(),
            manifest,
            rules,
            layout,
            new ManifestFiles.Looks(looks(content.known(), account), uri -> FileLook.FINE),
            heartbeat);
    return new SeenManifest(Sheet.of(content.sheet(), manifest.name(), rules), files.files());
  }

  /** What stays in place was looked at in the preflight and is not looked at again. */
  StoredManifest store(StoreManifest request, Runnable heartbeat) {
    SynapseAccount account = connections.get(request.connection());
    ManifestContent content = manifests.read(request.connection(), request.manifest(), heartbeat);
    ManifestFiles files =
        files(
            content.sheet(),
            request.manifest(),
            request.rules(),
            request.layout(),
            new ManifestFiles.Looks(looks(content.known(), account), uri -> FileLook.FINE),
            heartbeat);
    if (!files.problems().isEmpty()) {
      throw refused(request.manifest(), files.problems());
    }
    ledger.requireHeld(request.claim());
    S3Uri stored = request.work().resolve("sheet" + extension(request.manifest().name()));
    documents.write(stored, "text/plain", content.sheet());
    S3Documents.PageWriter writer =
        documents.writer(request.work().resolve("files/"), files.files().size());
    for (FileRef file : files.files()) {
      writer.add(file, file.sizeBytes());
    }
    return new StoredManifest(stored, writer.finish());
  }

  private ManifestFiles files(
      byte[] bytes,
      ManifestVersion manifest,
      SheetRules rules,
      StageLayout layout,
      ManifestFiles.Looks looks,
      Runnable heartbeat) {
    Sheet sheet = Sheet.of(bytes, manifest.name(), rules);
    return ManifestFiles.of(
        sheet, SheetReferences.in(sheet, rules), layout, looks, pages, heartbeat);
  }

  private Function<SourceId, FileLook> looks(
      Map<SourceId, FileLook> known, SynapseAccount account) {
    return id ->
        Optional.ofNullable(known.get(id))
            .or(() -> id.synapse().map(entity -> FileLook.at(entity, account)))
            .orElseGet(() -> FileLook.of(addresses.look(id)));
  }

  private static List<String> firstOf(List<String> warnings) {
    if (warnings.size() <= MOST_WARNINGS) {
      return warnings;
    }
    List<String> first = new ArrayList<>(warnings.subList(0, MOST_WARNINGS));
    first.add("and " + (warnings.size() - MOST_WARNINGS) + " more warnings");
    return first;
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
