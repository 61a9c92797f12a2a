package io.towpath.activities.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.Digests;
import io.towpath.activities.store.PageWriter;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.activities.submit.MemoryLedger;
import io.towpath.workflows.drs.MintedFile;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.samples.SampleActivities.ForeignDocument;
import io.towpath.workflows.samples.SampleActivities.MakeInputs;
import io.towpath.workflows.samples.SampleActivities.OutputManifest;
import io.towpath.workflows.samples.SampleActivities.StoredSamples;
import io.towpath.workflows.samples.SampleActivities.WriteManifest;
import io.towpath.workflows.samples.SampleFile;
import io.towpath.workflows.samples.SheetVersion;
import io.towpath.workflows.samples.TaskInputs;
import io.towpath.workflows.sevenbridges.ImportedFile;
import io.towpath.workflows.sevenbridges.TaskOutput;
import io.towpath.workflows.transfer.OutputFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class SampleActivitiesIT {
  private static final S3Uri BUCKET = new S3Uri("s3://" + S3Sandbox.BUCKET);
  private static final Claim CLAIM = new Claim("cavatica-drs/p/sheet.csv.q1/rnaseq", 1, 1);

  private S3Sandbox s3;
  private S3Documents documents;
  private MemoryLedger ledger = new MemoryLedger();
  private Scene scene = new Scene();
  private SampleActivitiesImpl samples;
  private S3Uri work = BUCKET;
  private int tests;

  @BeforeAll
  void start() {
    s3 = new S3Sandbox();
    documents = new S3Documents(s3.clients().repeating());
  }

  @AfterAll
  void stop() {
    s3.close();
  }

  @BeforeEach
  void begin_anew() {
    ledger = new MemoryLedger();
    scene = new Scene();
    samples = new SampleActivitiesImpl(s3.clients(), ledger, new NoSynapse(), scene.platform);
    work = BUCKET.resolve("work " + ++tests);
  }

  @Test
  void an_object_is_pinned_by_its_content() {
    SheetVersion pinned = pin("sample_id\na\n");

    assertThat(pinned.key()).matches("cohort\\.csv\\.q[0-9a-f]{8}").isNotEqualTo(pin("x\n").key());
    assertThat(pinned.name()).isEqualTo("cohort.csv");
    assertThat(pinned.md5())
        .isEqualTo(Digests.md5("sample_id\na\n".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void a_sheet_in_synapse_is_pinned_by_synapse() {
    assertThat(samples.pin("default", "syn://syn7").key()).isEqualTo("syn7.1");
  }

  @Test
  void what_is_no_sheet_is_refused_in_clear_words() {
    refused(() -> samples.pin("default", work.resolve("nope.csv").value()), "there is no sheet at");
    refused(() -> samples.pin("default", work.resolve("folder/").value()), "a folder; expected");
    refused(() -> samples.pin("default", BUCKET.value()), "a folder; expected");
    refused(() -> samples.pin("default", "s3://no-such-bucket-here/x.csv"), "there is no sheet at");
    refused(() -> samples.pin("default", "syn://folder"), "\"folder\" is not a Synapse id");
    refused(() -> samples.pin("default", "https://x/y.csv"), "expected syn://syn123");
  }

  @Test
  void a_sheet_that_changed_since_it_was_pinned_is_not_used() {
    SheetVersion pinned = pin(sheet());
    pin(sheet() + scene.row("s9", "L1", "R1"));

    refused(
        () -> samples.store(CLAIM, pinned, scene.rules(), scene.target, work),
        "has changed since it was pinned");
  }

  @Test
  void files_are_stored_sample_by_sample_and_the_same_again() {
    SheetVersion pinned = pin(sheet());

    StoredSamples stored = samples.store(CLAIM, pinned, scene.rules(), scene.target, work);

    assertThat(rows(stored.files(), SampleFile.class))
        .extracting(SampleFile::location)
        .containsExactly(
            "rna/s1_L1_R1.fastq.gz",
            "rna/s1_L1_R2.fastq.gz",
            "rna/s1_L2_R1.fastq.gz",
            "rna/s1_L2_R2.fastq.gz",
            "rna/s2_L1_R1.fastq.gz");
    assertThat(rows(stored.files(), SampleFile.class).get(0))
        .isEqualTo(
            new SampleFile(
                2,
                "s1",
                "rna/s1_L1_R1.fastq.gz",
                "synapse/rna",
                "s1_L1_R1.fastq.gz",
                Map.of("sample_id", "s1")));
    assertThat(stored.samples().rows()).isEqualTo(2);
    assertThat(samples.store(CLAIM, pinned, scene.rules(), scene.target, work)).isEqualTo(stored);
  }

  @Test
  void a_sheet_with_problems_is_not_stored() {
    SheetVersion pinned = pin(sheet() + scene.row("s3", "L1", "R2"));

    refused(
        () -> samples.store(CLAIM, pinned, scene.rules(), scene.target, work),
        "line 7, column read_orientation: its mate R1");
    assertThat(s3.effects("PUT object", work.key() + "/files/")).isEmpty();
  }

  @Test
  void nothing_is_stored_under_a_lost_claim() {
    SheetVersion pinned = pin(sheet());
    MakeInputs request = request(pinned, id -> id);
    ledger.loseClaim();
    int before = s3.effects("PUT object", work.key()).size();

    lost(() -> samples.store(CLAIM, pinned, scene.rules(), scene.target, work));
    lost(() -> samples.makeInputs(request));
    lost(() -> samples.describeSamples(request));
    assertThat(s3.effects("PUT object", work.key())).hasSize(before);
  }

  @Test
  void inputs_get_the_ids_of_their_files_in_the_order_of_lanes() {
    MakeInputs request = request(pin(sheet()), id -> id);

    ManifestRef made = samples.makeInputs(request);

    assertThat(rows(made, TaskInputs.class))
        .containsExactly(
            new TaskInputs(
                "s1",
                "rnaseq - s1 [${opKey}]",
                Map.of(
                    "input_pe_reads",
                    List.of(file(0), file(2)),
                    "input_pe_mates",
                    List.of(file(1), file(3)),
                    "sample_name",
                    "s1",
                    "output_basename",
                    "${opKey}",
                    "reference",
                    file(99))),
            new TaskInputs(
                "s2",
                "rnaseq - s2 [${opKey}]",
                Map.of(
                    "input_pe_reads",
                    List.of(file(4)),
                    "sample_name",
                    "s2",
                    "output_basename",
                    "${opKey}",
                    "reference",
                    file(99))));
    assertThat(samples.makeInputs(request)).isEqualTo(made);
  }

  @Test
  void an_input_that_the_request_leaves_empty_is_not_filled_with_a_suggestion() {
    scene.inputs.put("reference", "nothing");

    assertThat(inputs(request(pin(sheet()), id -> id), "reference"))
        .containsExactly("none", "none");
  }

  @Test
  void texts_of_the_sheet_become_the_numbers_and_flags_that_the_app_wants() {
    scene.platform.inputs("{\"n\": \"int\", \"on\": \"boolean\", \"of\": \"double?\"}");
    scene.inputs.clear();
    scene.inputs.putAll(Map.of("n", "read_length", "on", "paired", "of", "share"));
    String header = Scene.HEADER.strip() + ",read_length,paired,share\n";
    String sheet = header + scene.row("s1", "L1", "R1").strip() + ",151,TRUE,.5\n";

    MakeInputs request = request(pin(sheet), id -> id);

    assertThat(rows(samples.makeInputs(request), TaskInputs.class).get(0).inputs())
        .containsExactlyInAnyOrderEntriesOf(Map.of("n", 151, "on", true, "of", 0.5));
  }

  @Test
  void a_sample_without_one_of_its_files_gets_no_inputs() {
    MakeInputs request = request(pin(sheet()), id -> id == 3 ? -1 : id);

    assertThat(rows(samples.makeInputs(request), TaskInputs.class))
        .extracting(TaskInputs::sample)
        .containsExactly("s2");
    assertThat(text(samples.describeSamples(request).uri())).startsWith("[{\"sample\":\"s2\"");
  }

  @Test
  void every_sample_with_bad_inputs_is_named() {
    MakeInputs request = request(pin(sheet()), id -> id);
    scene.platform.inputs("{\"input_pe_reads\": \"File\", \"input_pe_mates\": \"File\"}");
    scene.inputs.clear();

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> samples.makeInputs(request))
        .withMessageContaining("sample s1: tasks.inputs.input_pe_reads: found a list of 2")
        .withMessageContaining("sample s2: tasks.inputs.input_pe_mates: found nothing")
        .withMessageContaining("the app has no input \"sample_name\"");
  }

  @Test
  void a_row_of_a_task_finds_its_files_by_their_addresses() {
    scene.rowIs = "task";
    scene.s3Uri = "[reads, mates]";
    scene.path = "$split($uri, '/')[-1]";
    scene.inputs.put("input_pe_reads", "$file(reads)");
    scene.inputs.put("input_pe_mates", "$file(mates)");
    String base = "s3://reads-bucket/synapse/";
    String sheet =
        "sample_id,reads,mates\n"
            + ("s1," + base + "a_1.gz," + base + "a_2.gz\n")
            + ("s2," + base + "b_1.gz,\n");

    ManifestRef made = samples.makeInputs(request(pin(sheet), id -> id));

    assertThat(rows(made, TaskInputs.class))
        .extracting(task -> task.inputs().get("input_pe_reads"))
        .containsExactly(List.of(file(0)), List.of(file(2)));
    assertThat(rows(made, TaskInputs.class))
        .extracting(task -> Optional.ofNullable(task.inputs().get("input_pe_mates")))
        .containsExactly(Optional.of(List.of(file(1))), Optional.empty());
  }

  @Test
  void the_users_activity_is_given_rows_with_files_and_its_inputs_are_taken() {
    MakeInputs request = request(pin(sheet()), id -> id);

    ForeignDocument given = samples.describeSamples(request);
    assertThat(given.sha256())
        .isEqualTo(Digests.sha256(text(given.uri()).getBytes(StandardCharsets.UTF_8)));
    assertThat(text(given.uri()))
        .contains(
            "{\"sample\":\"s2\",\"rows\":[{\"component\":\"rna\",\"filepath\":\"s2_L1_R1.fastq.gz\"")
        .contains("\"file\":{\"class\":\"File\",\"path\":\"" + fileId(4) + "\"}}]}");

    ForeignDocument made =
        document(
            "[{'sample':'s2','inputs':{'input_pe_reads':{'class':'File','path':'5f'},"
                + "'sample_name':'x','output_basename':'${taskId}','min_quality':'7',"
                + "'strandedness':null}},"
                + "{'sample':'s1','inputs':{'input_pe_reads':[],'sample_name':'y',"
                + "'output_basename':'o'}}]");

    assertThat(rows(samples.takeInputs(request, made), TaskInputs.class))
        .extracting(TaskInputs::sample, TaskInputs::inputs)
        .containsExactly(
            tuple(
                "s1",
                new TreeMap<>(
                    Map.of(
                        "input_pe_reads",
                        List.of(),
                        "sample_name",
                        "y",
                        "output_basename",
                        "o",
                        "reference",
                        file(99)))),
            tuple(
                "s2",
                new TreeMap<>(
                    Map.of(
                        "input_pe_reads",
                        List.of(Map.of("class", "File", "path", "5f")),
                        "sample_name",
                        "x",
                        "output_basename",
                        "${taskId}",
                        "min_quality",
                        7,
                        "reference",
                        file(99)))));
  }

  @Test
  void everything_that_is_wrong_with_what_the_activity_made_is_told() {
    MakeInputs request = request(pin(sheet()), id -> id);
    ForeignDocument made =
        document(
            "[{'sample':'s1','inputs':{'input_pe_reads':'a.gz','sample_nam':'x'}},"
                + "{'sample':'s7','inputs':{}},{'sample':'s7','inputs':{}},{'x':1}]");

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> samples.takeInputs(request, made))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED))
        .withMessageContaining("sample s1: the app has no input \"sample_nam\" (did you mean")
        .withMessageContaining("sample s1: the app needs output_basename")
        .withMessageContaining("sample s1: tasks.inputs.input_pe_reads: found \"a.gz\"")
        .withMessageContaining("sample s2: the activity made no inputs for it")
        .withMessageContaining("sample s7: the activity made its inputs twice")
        .withMessageContaining("sample s7: the activity made inputs for it, but it was not given")
        .withMessageContaining("an element is not {sample, inputs: {…}}");
  }

  @Test
  void a_document_that_is_not_what_the_activity_says_is_refused() {
    MakeInputs request = request(pin(sheet()), id -> id);
    ForeignDocument made = document("{'a': 1");

    refused(() -> samples.takeInputs(request, made), "is no list of {sample, inputs");
    refused(
        () -> samples.takeInputs(request, new ForeignDocument(made.uri(), "00")),
        "the activity returned 00");
  }

  @Test
  void the_manifest_has_a_row_for_each_output_and_the_same_bytes_again() {
    S3Uri lies = BUCKET.resolve("out/=1.bam");
    ManifestRef outputs =
        written(
            "outputs/",
            List.of(
                output("s1", "f1", "=1.bam", Optional.of(lies)),
                output("s1", "f2", "a, \"b\".txt", Optional.empty()),
                new TaskOutput("s2", "t2", "", "", "", 0, Optional.empty(), "a/b/c", 3, "FAILED")));
    ManifestRef objects =
        written("objects/", List.of(new OutputFile(lies, "f1", 10, "e", Optional.of("0a1b"))));
    ManifestRef minted =
        written("minted/", List.of(minted("f1", "drs://h/1"), minted("f2", ""), minted("", "")));
    WriteManifest request =
        new WriteManifest(
            CLAIM, outputs, Optional.of(objects), Optional.of(minted), work.resolve("m.csv"));

    OutputManifest manifest = samples.writeManifest(request);

    String text =
        """
        sample_id,task_id,output_port,file_id,name,size,md5,s3_uri,drs_uri,app,app_revision,status
        s1,t1,bam,f1,'=1.bam,10,0a1b,%s,drs://h/1,a/b/c,3,COMPLETED
        s1,t1,bam,f2,"a, ""b"".txt",10,,,,a/b/c,3,COMPLETED
        s2,t2,,,,,,,,a/b/c,3,FAILED
        """
            .formatted(lies);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(text(request.to())).isEqualTo(text);
    assertThat(manifest)
        .isEqualTo(
            new OutputManifest(
                request.to(), Digests.md5(bytes), Digests.sha256(bytes), 3, bytes.length));
    assertThat(samples.writeManifest(request)).isEqualTo(manifest);
  }

  @Test
  void a_manifest_of_many_outputs_is_written_in_parts() {
    List<TaskOutput> many = new ArrayList<>();
    String name = "n".repeat(3_000);
    for (int i = 0; i < 3_000; i++) {
      many.add(output("s", "f" + i, name, Optional.empty()));
    }
    ManifestRef outputs = written("many/", many);
    S3Uri to = work.resolve("many.csv");

    OutputManifest manifest =
        samples.writeManifest(
            new WriteManifest(CLAIM, outputs, Optional.empty(), Optional.empty(), to));

    assertThat(manifest.rows()).isEqualTo(3_000);
    assertThat(Digests.sha256(documents.read(to))).isEqualTo(manifest.sha256());
    assertThat(s3.effects("PUT part", to.key())).hasSize(2);
  }

  private static final class NoSynapse implements SheetSource {
    @Override
    public SheetVersion pin(String connection, SynapseId id) {
      return new SheetVersion(connection, "syn://" + id + ".1", id + ".1", "cohort.csv", "");
    }

    @Override
    public byte[] read(SheetVersion sheet) {
      throw new AssertionError("nobody asks for the bytes of " + sheet);
    }
  }

  private String sheet() {
    return Scene.HEADER
        + scene.row("s1", "L1", "R1")
        + scene.row("s1", "L1", "R2")
        + scene.row("s2", "L1", "R1")
        + scene.row("s1", "L2", "R1")
        + scene.row("s1", "L2", "R2");
  }

  private SheetVersion pin(String sheet) {
    S3Uri uri = work.resolve("cohort.csv");
    documents.write(uri, "text/csv", sheet.getBytes(StandardCharsets.UTF_8));
    return samples.pin("default", uri.value());
  }

  /** The request for inputs of a sheet whose files got these ids; -1 for none. */
  private MakeInputs request(SheetVersion pinned, IntFunction<Integer> ids) {
    StoredSamples stored = samples.store(CLAIM, pinned, scene.rules(), scene.target, work);
    List<ImportedFile> imported = new ArrayList<>();
    for (int i = 0; i < stored.files().rows(); i++) {
      int id = ids.apply(i);
      imported.add(
          new ImportedFile(
              id < 0 ? Optional.empty() : Optional.of(fileId(id)),
              "n",
              1,
              false,
              Optional.empty()));
    }
    return new MakeInputs(
        CLAIM,
        stored,
        written("imported/", imported),
        scene.rules(),
        "default",
        Scene.APP,
        Map.of("reference", file(99)),
        work.resolve("inputs/"));
  }

  private List<Object> inputs(MakeInputs request, String id) {
    return rows(samples.makeInputs(request), TaskInputs.class).stream()
        .map(task -> task.inputs().getOrDefault(id, "none"))
        .toList();
  }

  private static String fileId(int number) {
    return String.format(Locale.ROOT, "5f%022d", number);
  }

  private static Map<String, Object> file(int number) {
    return Map.of("class", "File", "path", fileId(number));
  }

  private static TaskOutput output(String sample, String id, String name, Optional<S3Uri> uri) {
    return new TaskOutput(sample, "t1", "bam", id, name, 10, uri, "a/b/c", 3, "COMPLETED");
  }

  private static MintedFile minted(String id, String drs) {
    return new MintedFile(
        id, Optional.of(drs).filter(uri -> !uri.isEmpty()), true, true, Optional.empty());
  }

  private ManifestRef written(String below, List<?> lines) {
    PageWriter writer = documents.writer(work.resolve(below), lines.size());
    lines.forEach(line -> writer.add(line, 0));
    return writer.finish();
  }

  private ForeignDocument document(String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    S3Uri uri = work.resolve("made.json");
    documents.write(uri, "application/json", bytes);
    return new ForeignDocument(uri, Digests.sha256(bytes));
  }

  private <T> List<T> rows(ManifestRef pages, Class<T> type) {
    List<T> rows = new ArrayList<>();
    documents.forEach(pages, type, rows::add);
    return rows;
  }

  private String text(S3Uri uri) {
    return new String(documents.read(uri), StandardCharsets.UTF_8);
  }

  private static void refused(Runnable call, String words) {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED))
        .withMessageContaining(words);
  }

  private static void lost(Runnable call) {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CLAIM_LOST));
  }
}
