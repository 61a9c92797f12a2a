package io.towpath.sandbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.s3.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(90)
final class NextflowEngineTest {
  private static final String BUCKET = "demo";
  private static final String HOSTILE = "in/R&D 'first'  run+50%_試_R";

  private final HeapStore store = new HeapStore();
  private final String session = UUID.randomUUID().toString();
  @TempDir private Path root;
  @AutoClose private NextflowEngine engine;

  @BeforeEach
  void plantReads() throws IOException {
    engine = new NextflowEngine(store, root, InstantSource.system());
    store.createBucket(BUCKET);
    for (int part = 1; part <= 3; part++) {
      for (int mate = 1; mate <= 2; mate++) {
        put("in/p" + part + "_R" + mate + ".fastq.gz", reads(part, mate));
      }
    }
    put(HOSTILE + "1.fastq.gz", reads(3, 1));
    put(HOSTILE + "2.fastq.gz", reads(3, 2));
    put(
        "in/sheet.csv",
        """
        sample,fastq_1,fastq_2,strandedness
        one,s3://demo/in/p1_R1.fastq.gz,s3://demo/in/p1_R2.fastq.gz,unstranded
        two,s3://demo/in/p2_R1.fastq.gz,s3://demo/in/p2_R2.fastq.gz,unstranded
        odd,s3://demo/%1$s1.fastq.gz,s3://demo/%1$s2.fastq.gz,unstranded
        """
            .formatted(HOSTILE)
            .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_run_publishes_to_s3_and_its_resume_takes_all_tasks_from_the_cache() {
    RunState first = ended(engine.start(spec("w1", "first-run", false, "s3://demo/in/sheet.csv")));

    assertThat(first.status()).as(String.join("\n", first.log())).isEqualTo("SUCCEEDED");
    assertThat(first.outcome().exitStatus()).contains(0);
    assertThat(first.count("COMPLETED")).isEqualTo(9);
    assertThat(first.tasks())
        .allSatisfy(task -> assertThat(task.times().complete()).isPresent())
        .allSatisfy(task -> assertThat(task.place().script()).isNotBlank());
    assertThat(store.list(BUCKET, "out/").stream().map(ObjectStore.Stored::key))
        .hasSize(12)
        .contains("out/odd/odd.check.txt", "out/summary/reads_summary.tsv");
    assertThat(store.list(BUCKET, "out/")).allMatch(stored -> stored.size() > 0);
    assertThat(store.text(BUCKET, "out/summary/reads_summary.tsv"))
        .contains("one\tunstranded\t2000\t72\t72\t");

    RunState again =
        ended(engine.start(spec("w2", "first-run-r1", true, "s3://demo/in/sheet.csv")));

    assertThat(again.status()).isEqualTo("SUCCEEDED");
    assertThat(again.count("CACHED")).isEqualTo(9);
  }

  @Test
  void a_failing_process_is_told_with_its_task_and_log() {
    put("in/cut_R1.fastq.gz", cut(reads(1, 1)));
    put(
        "in/bad.csv",
        "sample,fastq_1\nbad,s3://demo/in/cut_R1.fastq.gz\n".getBytes(StandardCharsets.UTF_8));

    RunState state = ended(engine.start(spec("w3", "bad-run", false, "s3://demo/in/bad.csv")));

    assertThat(state.status()).isEqualTo("FAILED");
    assertThat(state.outcome().errorReport())
        .hasValueSatisfying(report -> assertThat(report).contains("CHECK_READS (bad)"));
    assertThat(state.tasks())
        .filteredOn(task -> task.status().equals("FAILED"))
        .anySatisfy(
            task -> {
              assertThat(task.exit()).contains(65);
              assertThat(task.place().log()).contains("not a whole gzip file");
            });
  }

  @Test
  void a_missing_input_fails_before_the_head_job_begins() {
    RunState state = ended(engine.start(spec("w4", "no-sheet", false, "s3://demo/in/none.csv")));

    assertThat(state.status()).isEqualTo("FAILED");
    assertThat(state.start()).isEmpty();
    assertThat(state.outcome().errorMessage())
        .contains("No such file or directory: s3://demo/in/none.csv");
  }

  @Test
  void a_cancelled_run_leaves_no_process() {
    Execution run = engine.start(spec("w5", "stopped", false, "s3://demo/in/sheet.csv"));
    await().atMost(Duration.ofSeconds(30)).until(() -> run.look().start().isPresent());

    run.cancel();

    assertThat(ended(run).status()).isEqualTo("CANCELLED");
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
        .noneMatch(process -> process.info().commandLine().orElse("").contains("stopped"));
  }

  private RunSpec spec(String id, String name, boolean resume, String input) {
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    params.put("input", input).put("outdir", "s3://demo/out/");
    RunSpec.Source source =
        new RunSpec.Source(Repository.DEMO.url() + ".git", "c0ffee", "", "", List.of(), "");
    return new RunSpec(id, name, session, resume, source, params, "s3://demo/work/" + id);
  }

  private static RunState ended(Execution run) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> run.look().ended());
    return run.look();
  }

  private void put(String key, byte[] content) {
    store.put(BUCKET, key, "application/octet-stream", content);
  }

  private static byte[] cut(byte[] whole) {
    return java.util.Arrays.copyOf(whole, whole.length / 2);
  }

  private static byte[] reads(int part, int mate) {
    String name = "/reads/ERR127302_part" + part + "_R" + mate + ".fastq.gz";
    try (InputStream in = Objects.requireNonNull(HeapStore.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
