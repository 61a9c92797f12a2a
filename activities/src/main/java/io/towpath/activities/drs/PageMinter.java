package io.towpath.activities.drs;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.Attempt;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.drs.DrsActivities.MintCounts;
import io.towpath.workflows.drs.DrsActivities.MintPage;
import io.towpath.workflows.drs.MintedFile;
import io.towpath.workflows.drs.UnclearMint;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.sevenbridges.TaskOutput;
import io.towpath.workflows.synapse.IndexedFile;
import io.towpath.workflows.transfer.OutputFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Mints one page: each object once, however many of the page's files are that object. */
final class PageMinter {
  /** The quota decides how fast it goes; few at once cost few decisions when answers are lost. */
  private static final int AT_ONCE = 4;

  private static final int MOST_NAMED = 100;

  private final DrsTools tools;
  private final MintPage request;
  private final DrsMinter minter;
  private final SubmitOnce submit;
  private final Map<String, Integer> writtenOff = new HashMap<>();

  PageMinter(DrsTools tools, MintPage request, DrsMinter minter, SubmitOnce submit) {
    this.tools = tools;
    this.request = request;
    this.minter = minter;
    this.submit = submit;
    request.retryUnclear().forEach(mint -> writtenOff.put(mint.fileId(), mint.sends()));
  }

  MintCounts run(Attempt attempt) {
    List<TaskOutput> outputs =
        tools.documents().readPage(request.outputs().page(request.page()), TaskOutput.class);
    Map<String, MintFile> files = files(outputs);
    Map<String, MintFile> distinct = new LinkedHashMap<>();
    files.values().forEach(file -> distinct.putIfAbsent(identity(file), file));
    List<MintResult> results = resolved(minted(List.copyOf(distinct.values()), attempt), attempt);
    Map<String, MintResult> byIdentity = new HashMap<>();
    for (String one : distinct.keySet()) {
      byIdentity.put(one, results.get(byIdentity.size()));
    }
    List<MintedFile> lines = new ArrayList<>();
    for (TaskOutput output : outputs) {
      MintFile file = files.get(output.fileId());
      MintResult result = file == null ? null : byIdentity.get(identity(file));
      lines.add((result == null ? MintResult.NONE : result).line(output.fileId()));
    }
    tools.documents().writePage(ManifestRef.page(request.result(), request.page()), lines);
    return counts(results);
  }

  /** A file, and what minting it gave. */
  private record Tried(MintFile file, MintResult result) {}

  private List<Tried> minted(List<MintFile> files, Attempt attempt) {
    return tools
        .pages()
        .runToEnds(
            files, AT_ONCE, file -> new Tried(file, mint(file)), progress -> attempt.heartbeat());
  }

  /** Whether each id leads to its file. */
  private List<MintResult> resolved(List<Tried> minted, Attempt attempt) {
    Resolution resolution = new Resolution(minter.server());
    resolution.lookAhead(
        minted.stream().flatMap(one -> one.result().id().stream()).map(Minted::objectId).toList(),
        attempt::heartbeat);
    return tools
        .pages()
        .run(
            minted,
            AT_ONCE,
            one ->
                one.result()
                    .id()
                    .map(id -> MintResult.of(id, resolution.disagreement(one.file(), id)))
                    .orElse(one.result()),
            progress -> attempt.heartbeat());
  }

  /** The files of the page by id; a task without outputs has a line and no file. */
  private Map<String, MintFile> files(List<TaskOutput> outputs) {
    Map<String, OutputFile> objects = objects();
    Map<S3Uri, IndexedFile> filed = filed(objects.values());
    Map<String, MintFile> files = new LinkedHashMap<>();
    for (TaskOutput output : outputs) {
      if (!output.fileId().isEmpty()) {
        Optional<OutputFile> object = Optional.ofNullable(objects.get(output.fileId()));
        files.put(
            output.fileId(),
            MintFile.of(output, object, object.map(OutputFile::uri).map(filed::get)));
      }
    }
    return files;
  }

  /** Files with the same bytes at the same place are one object. */
  private String identity(MintFile file) {
    return request.rules().needsObjects()
        ? ObjectIdentity.of(file, request.rules())
            .map(ObjectIdentity::digest)
            .orElseGet(file::fileId)
        : file.fileId();
  }

  private MintResult mint(MintFile file) {
    Optional<String> lack = lack(file);
    if (lack.isPresent()) {
      return MintResult.failed(file.name() + " gets no id: " + lack.get());
    }
    try {
      int sends = writtenOff.getOrDefault(file.fileId(), 0);
      Minted id = minter.mint(file, request.claim(), submit, sends);
      return MintResult.of(id, Optional.empty());
    } catch (PlatformException e) {
      return refused(file, e);
    }
  }

  private Optional<String> lack(MintFile file) {
    if (request.skipUnclear().contains(file.fileId())) {
      return Optional.of("an operator left it out, because its mint was unclear");
    }
    Optional<Long> bytes = file.objectBytes().filter(size -> size != file.sizeBytes());
    return bytes.isPresent()
        ? Optional.of("its object has " + bytes.get() + " bytes, the file " + file.sizeBytes())
        : minter.lack(file);
  }

  /** What is about this file alone becomes its error; all else stops the page. */
  private MintResult refused(MintFile file, PlatformException e) {
    boolean ofTheFile =
        e.kind() == FailureKind.CONFLICT || List.of(400, 413, 422).contains(e.status());
    if (ofTheFile) {
      return MintResult.failed(file.name() + " gets no id: " + e.getMessage());
    }
    if (e.kind() != FailureKind.RUN_STUCK) {
      throw e;
    }
    return new MintResult(
        Optional.empty(),
        Optional.of(
            file.name()
                + " may have been given an id, and the platform has no call that tells ("
                + e.getMessage()
                + ")"),
        Optional.of(new UnclearMint(file.fileId(), minter.sends(file, request.claim()))));
  }

  /** The objects of the page's outputs, by the outputs' ids: they have a page of its number. */
  private Map<String, OutputFile> objects() {
    Map<String, OutputFile> objects = new HashMap<>();
    request
        .objects()
        .map(all -> tools.documents().readPage(all.page(request.page()), OutputFile.class))
        .orElse(List.of())
        .forEach(object -> objects.put(object.path(), object));
    return objects;
  }

  /**
   * What was filed of these objects, all but the empty ones. Its pages have the order of the
   * outputs' and another size, so the search begins at the same share of them.
   */
  private Map<S3Uri, IndexedFile> filed(Collection<OutputFile> objects) {
    Set<S3Uri> wanted =
        objects.stream()
            .filter(object -> object.sizeBytes() > 0)
            .map(OutputFile::uri)
            .collect(Collectors.toSet());
    Map<S3Uri, IndexedFile> found = new HashMap<>();
    int count = request.filed().map(ManifestRef::pageCount).orElse(0);
    int first = request.page() * count / request.outputs().pageCount();
    for (int i = 0; i < count && found.size() < wanted.size(); i++) {
      S3Uri page = request.filed().orElseThrow().page((first + i) % count);
      tools.documents().readPage(page, IndexedFile.class).stream()
          .filter(file -> wanted.contains(file.uri()))
          .forEach(file -> found.put(file.uri(), file));
    }
    return found;
  }

  private static MintCounts counts(Collection<MintResult> results) {
    List<UnclearMint> unclear =
        results.stream().flatMap(r -> r.unclear().stream()).limit(MOST_NAMED).toList();
    int minted = 0;
    int wrong = 0;
    String firstError = "";
    for (MintResult result : results) {
      if (result.error().isPresent()) {
        wrong++;
        firstError = firstError.isEmpty() ? result.error().get() : firstError;
      } else if (result.id().filter(Minted::fresh).isPresent()) {
        minted++;
      }
    }
    return new MintCounts(
        minted, results.size() - wrong - minted, wrong - unclear.size(), unclear, firstError);
  }
}
