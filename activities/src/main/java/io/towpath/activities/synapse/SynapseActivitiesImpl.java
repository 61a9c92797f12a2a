package io.towpath.activities.synapse;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.synapse.IndexedFile;
import io.towpath.workflows.synapse.Inspection;
import io.towpath.workflows.synapse.ManifestVersion;
import io.towpath.workflows.synapse.SynapseActivities;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides what is read from Synapse and what is filed in it. */
public final class SynapseActivitiesImpl implements SynapseActivities {
  private static final int MOST_PROBLEMS = 500;
  private static final int MOST_WARNINGS = 50;
  private static final Pattern EXTENSION = Pattern.compile(".*(\\.[A-Za-z0-9]{1,8})");

  private final SynapseConnections connections;
  private final S3Clients s3;
  private final S3Documents documents;
  private final SubmitLedger ledger;
  private final PageRunner pages;
  private final Duration settle;
  private final Supplier<Attempt> attempts;
  private final ManifestReader manifests;

  /**
   * @param settle how long an unclear outcome is looked up again ({@code TOWPATH_SETTLE})
   * @param attempts the attempt that a method is called in, {@code Attempt::ofActivity} in a worker
   */
  public SynapseActivitiesImpl(
      SynapseConnections connections,
      S3Clients s3,
      SubmitLedger ledger,
      PageRunner pages,
      Duration settle,
      Supplier<Attempt> attempts) {
    this.connections = connections;
    this.s3 = s3;
    this.documents = new S3Documents(s3.repeating());
    this.ledger = ledger;
    this.pages = pages;
    this.settle = settle;
    this.attempts = attempts;
    this.manifests = new ManifestReader(connections);
  }

  @Override
  public String whoAmI(String connection) {
    SynapseAccount.User user = connections.get(connection).user();
    return "user " + user.name() + " (" + user.id() + ")";
  }

  @Override
  public ManifestVersion pinManifest(String connection, SynapseId manifest) {
    return manifests.pin(connection, manifest);
  }

  @Override
  public Inspection inspect(InspectManifest request) {
    Attempt attempt = attempts.get();
    SynapseAccount account = connections.get(request.connection());
    account.user();
    byte[] sheet = manifests.read(request.connection(), request.manifest());
    ManifestFiles files =
        ManifestFiles.of(
            sheet, request.manifest(), request.rules(), account, pages, attempt::heartbeat);
    List<Problem> problems = new ArrayList<>(files.problems());
    for (IndexParent parent : request.indexParents()) {
      problems.addAll(ParentCheck.of(parent, account));
    }
    List<String> warnings = files.warnings();
    return new Inspection(
        files.rows(),
        files.files().size(),
        files.bytes(),
        problems.subList(0, Math.min(MOST_PROBLEMS, problems.size())),
        warnings.subList(0, Math.min(MOST_WARNINGS, warnings.size())));
  }

  @Override
  public StoredManifest storeManifest(StoreManifest request) {
    Attempt attempt = attempts.get();
    byte[] sheet = manifests.read(request.connection(), request.manifest());
    ManifestFiles files =
        ManifestFiles.of(
            sheet,
            request.manifest(),
            request.rules(),
            connections.get(request.connection()),
            pages,
            attempt::heartbeat);
    if (!files.problems().isEmpty()) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "the manifest "
              + request.manifest().id()
              + " cannot be staged: "
              + Listing.of(
                  files.problems().stream().map(p -> p.place() + ": " + p.text()).toList(), "; "));
    }
    ledger.requireHeld(request.claim());
    S3Uri stored = request.work().resolve("sheet" + extension(request.manifest().name()));
    documents.write(stored, "text/plain", sheet);
    S3Documents.PageWriter writer =
        documents.writer(request.work().resolve("files/"), files.files().size());
    for (FileRef file : files.files()) {
      writer.add(file, file.sizeBytes());
    }
    return new StoredManifest(stored, writer.finish());
  }

  @Override
  public IndexTarget prepareIndex(PrepareIndex request) {
    Attempt attempt = attempts.get();
    SynapseAccount account = connections.get(request.connection());
    SubmitOnce submit = submit(attempt);
    PrepareIndex inFolder = request;
    if (!request.folder().isEmpty()) {
      ledger.requireHeld(request.claim());
      FolderMaker maker = new FolderMaker(account.client(), submit, request.claim());
      inFolder =
          request.in(new SynapseId(maker.ensure(request.parent().entity(), request.folder())));
    }
    return new IndexPreparation(s3, documents, ledger, pages, account, inFolder, attempt)
        .run(submit);
  }

  @Override
  public IndexedPage indexPage(IndexPage request) {
    Attempt attempt = attempts.get();
    SynapseAccount account = connections.get(request.connection());
    ledger.requireHeld(request.claim());
    List<IndexedFile> indexed =
        new PageIndexer(
                documents,
                pages,
                account,
                new FileIndexer(account.client(), submit(attempt), ledger),
                request,
                attempt)
            .run();
    documents.writePage(Pages.of(request.outputs(), request.result(), request.page()), indexed);
    return new IndexedPage(
        count(indexed, FileIndexer.CREATED),
        count(indexed, FileIndexer.NEW_VERSION),
        count(indexed, FileIndexer.ANNOTATED),
        count(indexed, FileIndexer.UNCHANGED));
  }

  @Override
  public Mapping writeMapping(WriteMapping request) {
    Attempt attempt = attempts.get();
    ledger.requireHeld(request.claim());
    EarlierMapping earlier = EarlierMapping.newest(documents, request.earlier());
    new MappingWriter(s3, documents, request.mapping(), attempt::heartbeat)
        .write(request.indexed(), earlier::has);
    return earlier.mapping(request.mapping());
  }

  @Override
  public IndexedFile ensureReport(EnsureReport request) {
    SynapseAccount account = connections.get(request.connection());
    FileIndexer files = new FileIndexer(account.client(), submit(attempts.get()), ledger);
    ledger.requireHeld(request.claim());
    byte[] json = request.json().getBytes(StandardCharsets.UTF_8);
    String md5 = documents.write(request.report(), "application/json", json);
    WantedFile wanted =
        new WantedFile(
            request.claim(),
            request.parent().entity(),
            new TargetPath("", IndexPlan.REPORT),
            request.report(),
            md5,
            OptionalLong.of(json.length),
            request.target().storageLocationId(),
            request.target().activityId(),
            Map.of(),
            true);
    Optional<SeenFile> now = files.look(wanted);
    return files.index(wanted, now, now);
  }

  /** Outcomes of one attempt are looked up from any of its threads. */
  private SubmitOnce submit(Attempt attempt) {
    return new SubmitOnce(ledger, attempt.settle(settle));
  }

  private static String extension(String name) {
    Matcher matcher = EXTENSION.matcher(name);
    return matcher.matches() ? matcher.group(1) : "";
  }

  private static long count(List<IndexedFile> files, String action) {
    return files.stream().filter(file -> file.action().equals(action)).count();
  }
}
