package io.towpath.activities.sevenbridges;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.sevenbridges.ImportJob;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ImportPage;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.JobCounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Sends the imports of one page: what is there is looked for first, by name and among jobs. */
final class ImportSubmission {
  private final ProjectWriter writer;
  private final S3Documents documents;
  private final ImportPage request;
  private final ImportLook look;
  private final OnExists onExists;
  private final Map<Integer, ImportJob> jobs = new TreeMap<>();
  private final Map<Integer, String> replaced = new HashMap<>();

  ImportSubmission(ProjectWriter writer, S3Documents documents, ImportPage request) {
    this.writer = writer;
    this.documents = documents;
    this.request = request;
    this.look = new ImportLook(writer.client(), request.project(), writer.attempt()::heartbeat);
    this.onExists = OnExists.of(request.onExists());
  }

  JobCounts run() {
    List<ImportItem> items = Imports.items(documents, request);
    decide(items);
    look.jobs(open(items)).forEach((number, id) -> jobs.put(number, Imports.job(id)));
    List<ImportItem> open = open(items);
    send(open.stream().filter(item -> !replaced.containsKey(item.number())).toList(), Map.of());
    send(open.stream().filter(item -> replaced.containsKey(item.number())).toList(), replaced);
    documents.writePage(
        ManifestRef.page(request.jobs(), request.page()), List.copyOf(jobs.values()));
    int reused = (int) jobs.values().stream().filter(job -> job.fileId().isPresent()).count();
    int sent = (int) jobs.values().stream().filter(job -> job.importId().isPresent()).count();
    return new JobCounts(sent, reused);
  }

  private void send(List<ImportItem> items, Map<Integer, String> overwritten) {
    for (List<ImportItem> some : Parts.of(items, SevenBridgesApi.BULK)) {
      ImportBulk bulk = new ImportBulk(writer, look, some, overwritten);
      jobs.putAll(writer.submit().submit(bulk));
    }
  }

  private List<ImportItem> open(List<ImportItem> items) {
    return items.stream().filter(item -> !jobs.containsKey(item.number())).toList();
  }

  /** Takes, overwrites or refuses what has the name of an import. */
  private void decide(List<ImportItem> items) {
    boolean first = writer.attempt().number() == 1;
    Map<Integer, ProjectFile> there =
        look.files(items.stream().filter(item -> !(first && item.newFolder())).toList());
    Set<String> before = onExists == OnExists.FAIL ? before(there) : Set.of();
    Function<ImportItem, OptionalLong> sizes =
        look.sizes(items.stream().filter(item -> seemsSame(item, there)).toList());
    for (ImportItem item : items) {
      Optional.ofNullable(there.get(item.number()))
          .ifPresent(file -> decide(item, file, sizes.apply(item), before));
    }
  }

  private static boolean seemsSame(ImportItem item, Map<Integer, ProjectFile> there) {
    return Optional.ofNullable(there.get(item.number()))
        .filter(file -> OnExists.isSame(item, file, OptionalLong.empty()))
        .isPresent();
  }

  private void decide(ImportItem item, ProjectFile file, OptionalLong size, Set<String> before) {
    OnExists.Verdict verdict =
        before.contains(file.id()) ? OnExists.Verdict.REFUSE : onExists.judge(item, file, size);
    switch (verdict) {
      case REUSE -> jobs.put(item.number(), Imports.there(file.id()));
      case OVERWRITE -> replaced.put(item.number(), file.id());
      case REFUSE -> jobs.put(item.number(), Imports.failed(OnExists.refusal(item, file, size)));
    }
  }

  /** Ids of the files that were there before the first attempt: later ones are our own. */
  private Set<String> before(Map<Integer, ProjectFile> there) {
    S3Uri noted = ManifestRef.page(request.jobs().resolve("before/"), request.page());
    try {
      return Set.copyOf(documents.readPage(noted, String.class));
    } catch (PlatformException e) {
      if (e.status() != 404) {
        throw e;
      }
      List<String> ids = there.values().stream().map(ProjectFile::id).toList();
      documents.writePage(noted, ids);
      return Set.copyOf(ids);
    }
  }
}
