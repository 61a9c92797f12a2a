package io.towpath.activities.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.PageWriter;
import io.towpath.sandbox.control.Fault;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.samples.SampleFile;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.CollectPage;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.CollectedPage;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftedTasks;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ExportTarget;
import io.towpath.workflows.sevenbridges.TaskOutput;
import io.towpath.workflows.sevenbridges.TaskState;
import io.towpath.workflows.transfer.OutputFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class OutputCollectorIT {
  private static final String EXPORT = "POST /bulk/storage/exports/create";
  private static final String METADATA = "POST /bulk/files/edit";

  private static final int MOST_ATTEMPTS = 20;

  @AutoClose private static final SevenBridgesSandbox SANDBOX = new SevenBridgesSandbox();
  private final TaskScene scene = new TaskScene(SANDBOX);

  @Test
  void outputs_of_every_shape_are_found_once_each_with_their_sizes() {
    CollectPage page = page(done("s1"), List.of("*"), false, false);

    CollectedPage collected = scene.activities.collectOutputs(page);

    List<TaskOutput> rows = outputs(page);
    assertThat(rows)
        .extracting(TaskOutput::port)
        .containsExactly(
            "bam", "bam", "folder", "folder", "nested", "nested", "nested", "nested", "parts",
            "parts");
    assertThat(rows)
        .extracting(TaskOutput::name)
        .contains("s1.bam", "s1.bam.bai", "part_1.txt", "part_2.txt");
    assertThat(rows).extracting(TaskOutput::fileId).doesNotHaveDuplicates();
    assertThat(rows).allMatch(row -> row.sizeBytes() > 0 && row.uri().isEmpty());
    assertThat(rows.get(0).app()).isEqualTo(scene.project + "/tool");
    assertThat(rows.get(0).revision()).isZero();
    assertThat(rows.get(0).status()).isEqualTo("COMPLETED");
    assertThat(collected.files()).isEqualTo(10);
    assertThat(collected.sizeBytes())
        .isEqualTo(rows.stream().mapToLong(TaskOutput::sizeBytes).sum());
    assertThat(collected.objects()).isZero();
    assertThat(SANDBOX.effects(METADATA)).isEmpty();
  }

  @Test
  void globs_choose_the_ports_and_a_task_without_outputs_has_one_line() {
    scene.plan("s2", 9, "FAILED");
    CollectPage page = page(done("s1", "s2"), List.of("b*"), false, false);

    assertThat(scene.activities.collectOutputs(page).files()).isEqualTo(2);

    List<TaskOutput> rows = outputs(page);
    assertThat(rows).extracting(TaskOutput::sample).containsExactly("s1", "s1", "s2");
    assertThat(rows.get(2).fileId()).isEmpty();
    assertThat(rows.get(2).status()).isEqualTo("FAILED");
  }

  @Test
  void outputs_get_what_all_files_of_their_sample_share_and_only_where_it_lacks() {
    CollectPage page = page(done("s1", "s2"), List.of("bam"), true, false);

    scene.activities.collectOutputs(page);

    for (TaskOutput row : outputs(page)) {
      var metadata = SANDBOX.client().file(row.fileId()).orElseThrow().path("metadata");
      assertThat(metadata.path("sample_id").asText()).isEqualTo(row.sample());
      assertThat(metadata.has("paired_end")).isFalse();
    }
    assertThat(SANDBOX.effects(METADATA)).hasSize(1);
    scene.memory.forget();
    scene.activities.collectOutputs(page);
    assertThat(SANDBOX.effects(METADATA)).hasSize(1);
  }

  @Test
  void exported_files_lie_at_places_of_their_own_and_stay_there() throws Exception {
    CollectPage page = page(done("s1", "s2"), List.of("*"), false, true);

    CollectedPage collected = collect(page);

    assertThat(collected.failed()).isZero();
    assertThat(collected.objects()).isEqualTo(20);
    List<TaskOutput> rows = outputs(page);
    assertThat(rows).extracting(row -> row.uri().orElseThrow()).doesNotHaveDuplicates();
    for (TaskOutput row : rows) {
      S3Uri uri = row.uri().orElseThrow();
      assertThat(uri.value()).startsWith("s3://demo/out/harmonized/" + row.sample() + "/");
      assertThat(SANDBOX.s3.store().head(uri.bucket(), uri.key()).orElseThrow().size())
          .isEqualTo(row.sizeBytes());
    }
    List<OutputFile> objects =
        SANDBOX.documents.readPage(ManifestRef.page(page.objects(), 0), OutputFile.class);
    assertThat(objects).extracting(OutputFile::path).containsAll(ids(rows));
    assertThat(SANDBOX.effects(EXPORT)).hasSize(1);

    scene.memory.forget();
    assertThat(scene.activities.collectOutputs(page)).isEqualTo(collected);
    assertThat(outputs(page)).isEqualTo(rows);
    assertThat(SANDBOX.effects(EXPORT)).hasSize(1);
  }

  @Test
  void while_exports_go_on_each_attempt_asks_once() {
    CollectPage page = page(done("s1"), List.of("*"), false, true);
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.activities.collectOutputs(page))
        .withMessageContaining("10 of 10 exports go on")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.STILL_RUNNING));
    long calls = SANDBOX.calls();

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.activities.collectOutputs(page));

    assertThat(SANDBOX.calls() - calls).isEqualTo(1);
    assertThat(SANDBOX.effects(EXPORT)).hasSize(1);
  }

  @Test
  void exports_that_an_attempt_without_memory_finds_under_way_are_not_sent_again() {
    CollectPage page = page(done("s1"), List.of("*"), false, true);
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.activities.collectOutputs(page));

    assertThat(collect(page).objects()).isEqualTo(10);
    assertThat(SANDBOX.sent(EXPORT)).hasSize(1);
  }

  @Test
  void an_export_whose_answer_is_lost_leaves_one_object_for_each_file() {
    for (Fault.Kind kind :
        List.of(
            Fault.Kind.DROP_AFTER_COMMIT,
            Fault.Kind.DROP_BEFORE_COMMIT,
            Fault.Kind.STATUS_AFTER_COMMIT)) {
      CollectPage page = page(done("of-" + kind.word()), List.of("bam"), false, true);
      SANDBOX.strike(EXPORT, 1, SevenBridgesSandbox.fault(kind));

      CollectedPage collected = collect(page);

      assertThat(collected.failed()).as(kind.word()).isZero();
      assertThat(collected.objects()).isEqualTo(2);
      assertThat(
              SANDBOX.s3.store().list("demo", "out/harmonized/of-" + kind.word() + "/").stream()
                  .map(object -> object.size()))
          .hasSize(2);
    }
  }

  @Test
  void another_object_at_the_place_fails_that_file_and_no_other() {
    Done done = done("s1");
    CollectPage page = page(done, List.of("bam"), false, true);
    TaskState line = scene.line(done.drafted());
    SANDBOX
        .s3
        .store()
        .put(
            "demo",
            "out/harmonized/s1/" + line.key() + "/bam/s1.bam",
            "text/plain",
            "somebody's".getBytes(StandardCharsets.UTF_8));

    CollectedPage collected = collect(page);

    assertThat(collected.failed()).isEqualTo(1);
    assertThat(collected.firstError()).contains("9107").contains("s1.bam");
    assertThat(collected.objects()).isEqualTo(1);
    assertThat(collected.files()).isEqualTo(2);
  }

  @Test
  void files_that_a_task_only_hands_on_are_listed_and_neither_changed_nor_exported() {
    Done done = done("s1", "s2");
    CollectPage bams = page(done, List.of("bam"), false, false);
    scene.activities.collectOutputs(bams);
    scene.memory.forget();
    String own = outputs(bams).get(0).fileId();
    String othersOutput = outputs(bams).get(2).fileId();
    String given = scene.reads;
    SANDBOX.strike(
        TaskScene.BULK,
        1,
        TaskScene.status(
            200,
            """
            {'items':[{'resource':{'id':'%s','status':'COMPLETED',
              'inputs':{'reads':[{'class':'File','path':'%s'}]},
              'outputs':{'a':{'class':'File','path':'%s'},'b':{'class':'File','path':'%s'},
                         'c':null,'d':{'part':{'class':'File','path':'%s'},'count':3},
                         'e':[{'class':'File','path':'%s'}]}}}]}
            """
                .formatted(
                    scene.line(done.drafted()).taskId(), given, given, othersOutput, own, own)));
    CollectPage page = page(done, List.of("*"), true, true);

    collect(page);

    assertThat(outputs(page).subList(0, 3))
        .extracting(TaskOutput::port, TaskOutput::fileId, row -> row.uri().isPresent())
        .containsExactly(
            tuple("a", given, false), tuple("b", othersOutput, false), tuple("d", own, true));
    for (String id : List.of(given, othersOutput)) {
      assertThat(SANDBOX.client().file(id).orElseThrow().path("metadata")).isEmpty();
    }
  }

  /** Repeats the activity as Temporal does, a second between attempts. */
  private CollectedPage collect(CollectPage page) {
    scene.memory.forget();
    for (int attempt = 1; ; attempt++) {
      try {
        return scene.activities.collectOutputs(page);
      } catch (PlatformException e) {
        if (!e.kind().retryable() || attempt == MOST_ATTEMPTS) {
          throw e;
        }
        SANDBOX.time.pass(Duration.ofSeconds(1));
      }
    }
  }

  /** A request whose tasks have ended. */
  private record Done(DraftTasks request, DraftedTasks drafted) {}

  private Done done(String... samples) {
    DraftTasks request = scene.request(samples);
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    scene.runToEnd(request, drafted);
    scene.memory.forget();
    return new Done(request, drafted);
  }

  private CollectPage page(Done done, List<String> include, boolean metadata, boolean export) {
    S3Uri work = done.request().result().resolve("outputs/");
    return new CollectPage(
        done.request(),
        done.drafted().tasks(),
        0,
        include,
        metadata,
        files(work, scene.lines(done.drafted().tasks())),
        export
            ? Optional.of(new ExportTarget(scene.readWrite, "demo", "out", "harmonized/"))
            : Optional.empty(),
        work.resolve("rows/"),
        work.resolve("objects/"));
  }

  /** Two files for each sample, which share the sample's name alone. */
  private ManifestRef files(S3Uri work, List<TaskState> lines) {
    PageWriter writer = SANDBOX.documents.writer(work.resolve("files/"), 2L * lines.size());
    for (TaskState line : lines) {
      for (String end : List.of("1", "2")) {
        writer.add(
            new SampleFile(
                1,
                line.sample(),
                line.sample() + "_" + end,
                "",
                line.sample() + "_" + end,
                Map.of("sample_id", line.sample(), "paired_end", end)),
            0);
      }
    }
    return writer.finish();
  }

  private List<TaskOutput> outputs(CollectPage page) {
    return SANDBOX.documents.readPage(ManifestRef.page(page.outputs(), 0), TaskOutput.class);
  }

  private static List<String> ids(List<TaskOutput> rows) {
    List<String> ids = new ArrayList<>();
    rows.forEach(row -> ids.add(row.fileId()));
    return ids;
  }
}
