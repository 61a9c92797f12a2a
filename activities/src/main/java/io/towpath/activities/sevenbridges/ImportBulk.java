package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.Effect;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.SpecDigest;
import io.towpath.workflows.sevenbridges.ImportJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One bulk call that imports up to 100 files. Sent twice, it makes jobs that fail because the names
 * are taken, and no second file. Names and jobs were looked for directly before.
 */
final class ImportBulk implements Effect<Map<Integer, ImportJob>> {
  private final ProjectWriter writer;
  private final ImportLook look;
  private final List<ImportItem> items;
  private final Map<Integer, String> replaced;
  private final Map<Integer, ImportJob> known = new TreeMap<>();
  private boolean looked = true;

  /**
   * @param replaced ids of the files that are overwritten, by the items' numbers; of all items or
   *     of none
   */
  ImportBulk(
      ProjectWriter writer,
      ImportLook look,
      List<ImportItem> items,
      Map<Integer, String> replaced) {
    this.writer = writer;
    this.look = look;
    this.items = items;
    this.replaced = replaced;
  }

  @Override
  public Claim claim() {
    return writer.claim();
  }

  @Override
  public String step() {
    return "import";
  }

  @Override
  public RunKey key() {
    List<String> sources = items.stream().map(item -> item.source().location()).toList();
    String folder = items.get(0).folder();
    SpecDigest effect = SpecDigest.of(Map.of("sources", sources));
    return RunKey.of(claim().businessKey(), step(), folder, effect, claim().generation());
  }

  @Override
  public boolean canDouble() {
    return false;
  }

  /** Jobs cannot be deleted, and files stay. */
  @Override
  public Duration horizon() {
    return Duration.ofDays(36_500);
  }

  /** Found when each item has its file or its job. */
  @Override
  public Optional<Map<Integer, ImportJob>> find() {
    if (looked) {
      looked = false;
      return Optional.empty();
    }
    List<ImportItem> open = open();
    Map<Integer, ProjectFile> files = look.files(open);
    for (ImportItem item : open) {
      Optional.ofNullable(files.get(item.number()))
          .filter(file -> file.source().filter(item.source()::equals).isPresent())
          .filter(file -> !file.id().equals(replaced.get(item.number())))
          .ifPresent(file -> known.put(item.number(), Imports.there(file.id())));
    }
    look.jobs(open()).forEach((number, id) -> known.put(number, Imports.job(id)));
    return open().isEmpty() ? Optional.of(known) : Optional.empty();
  }

  @Override
  public Map<Integer, ImportJob> send() {
    List<ImportItem> open = open();
    writer.attempt().heartbeat();
    List<JsonNode> answers =
        writer
            .client()
            .createImports(open.stream().map(item -> item.body(!replaced.isEmpty())).toList());
    if (answers.size() != open.size()) {
      throw unclear("for " + open.size() + " imports it answered " + answers.size());
    }
    List<String> unclear = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      String id = answers.get(i).path("resource").path("id").asText("");
      BulkError error = BulkError.of(answers.get(i));
      if (!id.isEmpty()) {
        known.put(open.get(i).number(), Imports.job(id));
      } else if (error.passing()) {
        unclear.add(error.words());
      } else {
        known.put(open.get(i).number(), Imports.failed(error.words()));
      }
    }
    if (!unclear.isEmpty()) {
      throw unclear(unclear.get(0));
    }
    return known;
  }

  private List<ImportItem> open() {
    return items.stream().filter(item -> !known.containsKey(item.number())).toList();
  }

  private static PlatformException unclear(String why) {
    return new PlatformException(
        FailureKind.OUTCOME_UNKNOWN, "Seven Bridges did not take all imports: " + why);
  }

  @Override
  public String idOf(Map<Integer, ImportJob> made) {
    return String.valueOf(made.keySet());
  }
}
