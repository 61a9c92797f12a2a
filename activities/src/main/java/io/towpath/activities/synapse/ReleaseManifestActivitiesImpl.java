package io.towpath.activities.synapse;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.Digests;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.Attempt;
import io.towpath.activities.submit.Outcomes;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.CanonicalJson;
import io.towpath.workflows.model.ManifestVersion;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.synapse.ReleaseManifestActivities;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads a release's manifest and every file that it names. */
public final class ReleaseManifestActivitiesImpl implements ReleaseManifestActivities {
  private final SynapseConnections connections;
  private final ManifestReader reader;
  private final S3Documents documents;
  private final SubmitLedger ledger;
  private final Outcomes outcomes;
  private final PageRunner pages;
  private final Supplier<Attempt> attempt;

  public <L extends SubmitLedger & Outcomes> ReleaseManifestActivitiesImpl(
      SynapseConnections connections,
      S3Clients s3,
      L ledger,
      PageRunner pages,
      Supplier<Attempt> attempt) {
    this.connections = connections;
    this.reader = new ManifestReader(connections);
    this.documents = new S3Documents(s3.repeating());
    this.ledger = ledger;
    this.outcomes = ledger;
    this.pages = pages;
    this.attempt = attempt;
  }

  @Override
  public Optional<SeenManifest> before(BeforeRelease request) {
    Claim claim = request.claim();
    LookAtManifest asked = request.manifest();
    String step = "before-" + asked.parent() + "-" + asked.name();
    for (int generation = first(claim); generation <= claim.generation(); generation++) {
      Optional<Map<String, Object>> kept = outcomes.outcome(claim.businessKey(), generation, step);
      if (kept.isPresent()) {
        return read(kept.get());
      }
    }
    Optional<SeenManifest> now = find(asked).map(file -> seen(file, rows(asked, file)));
    Map<String, Object> note =
        now.map(ReleaseManifestActivitiesImpl::written).orElseGet(TreeMap::new);
    return read(outcomes.recordOutcome(claim, step, note));
  }

  /** The first generation that works on what the last good one left. */
  private int first(Claim claim) {
    int first = claim.generation();
    while (first > 1 && !outcomes.succeeded(claim.businessKey(), first - 1)) {
      first--;
    }
    return first;
  }

  private static SeenManifest seen(SeenFile file, List<SynapseId> rows) {
    return new SeenManifest(file.id(), md5(file), rows.size());
  }

  private static Map<String, Object> written(SeenManifest seen) {
    return new TreeMap<>(Map.of("id", seen.id().value(), "md5", seen.md5(), "rows", seen.rows()));
  }

  private static Optional<SeenManifest> read(Map<String, Object> kept) {
    return Optional.of(kept)
        .filter(note -> !note.isEmpty())
        .map(note -> S3Documents.JSON.convertValue(note, SeenManifest.class));
  }

  @Override
  public ReleaseRecord record(RecordRelease request) {
    LookAtManifest asked = request.manifest();
    SeenFile file =
        find(asked)
            .orElseThrow(
                () ->
                    rejected(
                        "the steps left no "
                            + asked.name()
                            + " in "
                            + asked.parent()
                            + "; correct verify.manifest, or the step that writes it"));
    List<SynapseId> rows = rows(asked, file);
    List<SeenFile> files =
        looks(asked, rows).stream()
            .filter(SeenFile::isFile)
            .filter(seen -> !seen.id().entity().equals(file.id().entity()))
            .toList();
    byte[] record =
        CanonicalJson.write(record(request, file, files)).getBytes(StandardCharsets.UTF_8);
    ledger.requireHeld(request.claim());
    documents.write(request.where(), "application/json", record);
    Set<SynapseId> before = before(request);
    return new ReleaseRecord(
        seen(file, rows),
        files.size(),
        (int) files.stream().filter(seen -> !before.contains(seen.id())).count(),
        (int) files.stream().filter(seen -> size(seen) == 0).count(),
        rows.size() - files.size(),
        Digests.sha256(record));
  }

  private Optional<SeenFile> find(LookAtManifest request) {
    SynapseAccount account = connections.get(request.connection());
    return account
        .client()
        .child(request.parent().entity(), request.name())
        .map(id -> account.seen().look(new SynapseId(id)))
        .map(
            seen -> {
              if (!seen.isFile()) {
                throw rejected(request.name() + " is a " + seen.type() + "; expected a file");
              }
              return seen;
            });
  }

  private List<SynapseId> rows(LookAtManifest request, SeenFile file) {
    return rows(request.connection(), file.id(), request.name());
  }

  private List<SynapseId> rows(String connection, SynapseId id, String name) {
    byte[] csv =
        reader.bytes(
            connection,
            new ManifestVersion(id, name, Optional.empty(), 0, Optional.empty(), Optional.empty()));
    return ReleaseRows.of(csv, name + " (" + id + ")");
  }

  private List<SeenFile> looks(LookAtManifest request, List<SynapseId> rows) {
    SeenFiles seen = connections.get(request.connection()).seen();
    Attempt now = attempt.get();
    return pages.run(rows, ManifestFiles.AT_ONCE, id -> look(seen, id), done -> now.heartbeat());
  }

  private static SeenFile look(SeenFiles seen, SynapseId id) {
    try {
      return seen.get(id);
    } catch (PlatformException e) {
      if (e.status() == 404) {
        throw rejected("the manifest names " + id + ", which does not exist");
      }
      throw e;
    }
  }

  private Set<SynapseId> before(RecordRelease request) {
    return new HashSet<>(
        request
            .before()
            .map(was -> rows(request.manifest().connection(), was.id(), request.manifest().name()))
            .orElseGet(List::of));
  }

  private static Map<String, Object> record(
      RecordRelease request, SeenFile manifest, List<SeenFile> files) {
    Map<String, Object> record = new TreeMap<>(request.about());
    record.put(
        "manifest", new TreeMap<>(Map.of("id", manifest.id().value(), "md5", md5(manifest))));
    List<Map<String, Object>> lines = new ArrayList<>();
    for (SeenFile file : files) {
      Map<String, Object> line = new TreeMap<>();
      line.put("id", file.id().value());
      line.put("name", file.name());
      line.put("size", size(file));
      line.put("md5", md5(file));
      lines.add(line);
    }
    record.put("files", lines);
    return record;
  }

  private static String md5(SeenFile file) {
    return file.handle().flatMap(SeenFile.Handle::md5).orElse("");
  }

  private static long size(SeenFile file) {
    return file.handle().map(SeenFile.Handle::sizeBytes).orElse(0L);
  }

  private static PlatformException rejected(String message) {
    return new PlatformException(FailureKind.INPUT_REJECTED, message);
  }
}
