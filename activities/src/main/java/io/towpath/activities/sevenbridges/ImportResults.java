package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.sevenbridges.ImportJob;
import io.towpath.workflows.sevenbridges.ImportedFile;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ImportCounts;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ImportPage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** What became of one page of imports when its jobs ended: files, their metadata, and errors. */
final class ImportResults {
  private static final int NAME_TAKEN = 9108;

  private final SevenBridgesTools tools;
  private final SevenBridgesClient client;
  private final ImportPage request;
  private final Map<String, JsonNode> states;
  private final List<ImportItem> items;
  private final ImportLook look;
  private final Map<Integer, ProjectFile> files = new HashMap<>();
  private final Map<Integer, String> errors = new HashMap<>();
  private final Set<Integer> reused = new HashSet<>();

  /**
   * @param states last states of the jobs by their ids
   */
  ImportResults(
      SevenBridgesTools tools,
      SevenBridgesAccount account,
      ImportPage request,
      Map<String, JsonNode> states) {
    this.tools = tools;
    this.client = account.client();
    this.request = request;
    this.states = states;
    this.items = Imports.items(tools.documents(), request);
    this.look = new ImportLook(client, request.project(), () -> {});
  }

  ImportCounts write(List<ImportJob> jobs) {
    byId(jobs);
    byName();
    setMetadata();
    List<ImportedFile> rows = items.stream().map(this::row).toList();
    tools.documents().writePage(ManifestRef.page(request.result(), request.page()), rows);
    return counts(rows);
  }

  private void byId(List<ImportJob> jobs) {
    Map<Integer, String> ids = new HashMap<>();
    for (ImportItem item : items) {
      ImportJob job = jobs.get(item.number());
      job.error().ifPresent(words -> errors.put(item.number(), words));
      job.fileId().ifPresent(id -> reused.add(item.number()));
      job.fileId()
          .or(() -> job.importId().flatMap(id -> made(item, id)))
          .ifPresent(id -> ids.put(item.number(), id));
    }
    Map<String, JsonNode> found =
        ReferenceCopies.look(client, List.copyOf(new HashSet<>(ids.values())), new HashMap<>());
    ids.forEach(
        (number, id) ->
            Optional.ofNullable(found.get(id))
                .ifPresent(file -> files.put(number, ProjectFile.of(file))));
  }

  /** The file that a job made; why it made none is an error, unless its name was taken. */
  private Optional<String> made(ImportItem item, String importId) {
    JsonNode job = states.get(importId);
    if (job == null) {
      return Optional.empty();
    }
    if (job.path("state").asText("").equals("FAILED")) {
      BulkError error = BulkError.of(job);
      if (error.code() != NAME_TAKEN) {
        errors.put(item.number(), error.words());
      }
      return Optional.empty();
    }
    return Optional.of(job.path("result").path("id").asText("")).filter(id -> !id.isEmpty());
  }

  /** A name that was taken is ours when the file is the same; so is a file whose job is lost. */
  private void byName() {
    List<ImportItem> open =
        items.stream()
            .filter(item -> !files.containsKey(item.number()))
            .filter(item -> !errors.containsKey(item.number()))
            .toList();
    Map<Integer, ProjectFile> there = look.files(open);
    Function<ImportItem, OptionalLong> sizes =
        look.sizes(open.stream().filter(item -> there.containsKey(item.number())).toList());
    for (ImportItem item : open) {
      ProjectFile file = there.get(item.number());
      OptionalLong size = sizes.apply(item);
      if (file == null) {
        errors.put(item.number(), "its import ended and left no file; run the request again");
      } else if (OnExists.isSame(item, file, size)) {
        files.put(item.number(), file);
        reused.add(item.number());
      } else {
        errors.put(item.number(), OnExists.refusal(item, file, size));
      }
    }
  }

  private void setMetadata() {
    List<Integer> numbers = new ArrayList<>();
    List<ObjectNode> changes = new ArrayList<>();
    files.forEach(
        (number, file) ->
            MetadataChange.of(file, wanted(number))
                .ifPresent(
                    change -> {
                      numbers.add(number);
                      changes.add(change);
                    }));
    if (!changes.isEmpty()) {
      tools.ledger().requireHeld(request.claim());
    }
    for (int from = 0; from < changes.size(); from += SevenBridgesApi.BULK) {
      int to = Math.min(changes.size(), from + SevenBridgesApi.BULK);
      List<JsonNode> answers = client.editFiles(changes.subList(from, to));
      for (int i = 0; i < answers.size(); i++) {
        if (answers.get(i).has("error")) {
          BulkError error = BulkError.of(answers.get(i));
          error.requireClear();
          errors.put(numbers.get(from + i), "its metadata was refused: " + error.words());
        }
      }
    }
  }

  private ObjectNode wanted(int number) {
    return S3Documents.JSON.valueToTree(items.get(number).file().metadata());
  }

  private ImportedFile row(ImportItem item) {
    ProjectFile file = files.get(item.number());
    String error = errors.get(item.number());
    return file == null || error != null
        ? new ImportedFile(
            Optional.empty(), item.name(), 0, false, Optional.of(String.valueOf(error)))
        : new ImportedFile(
            Optional.of(file.id()),
            file.name(),
            file.sizeBytes(),
            reused.contains(item.number()),
            Optional.empty());
  }

  private ImportCounts counts(List<ImportedFile> rows) {
    int failed = (int) rows.stream().filter(row -> row.error().isPresent()).count();
    int known = (int) rows.stream().filter(ImportedFile::reused).count();
    Optional<String> firstError =
        items.stream()
            .filter(item -> rows.get(item.number()).error().isPresent())
            .findFirst()
            .map(item -> item.words() + ": " + rows.get(item.number()).error().orElse(""));
    return new ImportCounts(
        rows.size() - failed - known,
        known,
        failed,
        rows.stream().mapToLong(ImportedFile::sizeBytes).sum(),
        firstError);
  }
}
