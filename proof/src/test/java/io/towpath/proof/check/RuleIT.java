package io.towpath.proof.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.sandbox.Sandbox;
import io.towpath.sandbox.SandboxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule passes on clean work, and fails on work of which one thing is done wrong. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Execution(ExecutionMode.CONCURRENT)
@DisplayNameGeneration(ReplaceUnderscores.class)
class RuleIT {
  private static final String START = "POST /containers/{id}/start";

  private static Sandbox sandbox;
  private static Buckets buckets;

  /**
   * One thing done wrong.
   *
   * @param told found in what the checker says of it
   */
  private record Wrong(Rule rule, String told, Function<Handwork, Verdict> done) {
    @Override
    public String toString() {
      return rule.id() + ": " + told;
    }
  }

  /** By the platforms' own calls wherever these allow it. */
  private static List<Wrong> wrongs() {
    List<Wrong> wrongs = new ArrayList<>();
    wrongs.add(wrong(Rule.ONE_RUN, "2 runs, not 1", Handwork::launch));
    wrongs.add(wrong(Rule.ONE_RUN, "0 runs, not 1", work -> work.asked.run("seqera", "never")));
    wrongs.add(
        new Wrong(
            Rule.ONE_RUN,
            "nobody asked for container",
            work -> work.verdictWith("container", START, "gone", work.name)));
    wrongs.add(
        wrong(
            Rule.DOUBLES_CANCELLED,
            "tells 0 doubles, not 1",
            work -> work.cancel(work.launchEndless())));
    wrongs.add(wrong(Rule.DOUBLES_CANCELLED, "0 of 1 doubles cancelled", Handwork::launch));
    staging(wrongs);
    indexing(wrongs);
    leftovers(wrongs);
    others(wrongs);
    return wrongs;
  }

  private static void staging(List<Wrong> wrongs) {
    wrongs.add(
        wrong(
            Rule.STAGED_ONCE,
            "has 2 bytes",
            work -> work.buckets.put(work.staged, new byte[] {9, 9})));
    wrongs.add(
        wrong(
            Rule.STAGED_ONCE,
            "was written 2 times",
            work -> work.buckets.put(work.staged, new byte[] {1, 2, 3})));
    wrongs.add(
        wrong(
            Rule.STAGED_ONCE,
            "nothing lies at",
            work -> work.asked.staged(work.own + "never", new byte[] {1})));
    wrongs.add(
        wrong(
            Rule.STAGED_ONCE,
            "0 files of",
            work -> work.asked.imported("towpath-demo/sandbox", "never.fastq.gz", 1)));
    wrongs.add(
        wrong(
            Rule.COMPLETE_BEFORE_USE,
            "came after the first run began",
            work -> work.buckets.put(work.staged, new byte[] {1, 2, 3})));
    wrongs.add(
        wrong(
            Rule.COMPLETE_BEFORE_USE,
            "came after its file was filed",
            work -> work.buckets.put(work.output, new byte[] {1})));
  }

  private static void indexing(List<Wrong> wrongs) {
    wrongs.add(
        wrong(
            Rule.INDEXED_ONCE,
            "nobody asked for out (1).txt",
            work -> work.file(work.folder, "out (1).txt", work.output)));
    wrongs.add(
        wrong(
            Rule.INDEXED_ONCE,
            "is not in",
            work -> work.asked.output(work.folder, "a/never.txt", "never")));
    wrongs.add(
        wrong(
            Rule.INDEXED_ONCE,
            "but its bytes have",
            work -> work.buckets.put(work.output, new byte[] {1})));
    wrongs.add(
        wrong(Rule.ONE_VERSION, "is in version 2, not 1", work -> work.newVersion(work.filed)));
    wrongs.add(wrong(Rule.ONE_VERSION, "one after the other", work -> work.newVersion(work.filed)));
    wrongs.add(
        wrong(
            Rule.PROVENANCE,
            "names inputs",
            work -> work.generatedBy(work.filed, work.activity(work.filed, work.run))));
    wrongs.add(
        wrong(
            Rule.PROVENANCE,
            "names runs",
            work -> work.generatedBy(work.filed, work.activity(work.reads, "other"))));
    wrongs.add(
        wrong(
            Rule.REPORT_TRUE,
            "staged files",
            work -> work.report.withObject("/staged").put("count", 2)));
    wrongs.add(
        wrong(Rule.REPORT_TRUE, "version of", work -> work.report.put("reportSynId", "syn1.1")));
  }

  private static void leftovers(List<Wrong> wrongs) {
    wrongs.add(
        wrong(
            Rule.NOTHING_LEFT,
            "is half sent",
            work -> work.buckets.beginUpload(work.own + "half")));
    wrongs.add(
        wrong(
            Rule.NOTHING_LEFT,
            "nobody asked for s3:",
            work -> work.buckets.put(work.own + "reads.fastq.gz.part", new byte[] {1})));
    wrongs.add(
        new Wrong(
            Rule.NOTHING_LEFT,
            "an upload is open",
            work -> work.verdictWith("synapse", "POST /file/multipart", "1", work.name + "-u")));
    wrongs.add(wrong(Rule.IDS_RESOLVE, "has 2 ids", work -> work.mint(work.output)));
    wrongs.add(
        wrong(Rule.IDS_RESOLVE, "not MD5", work -> work.buckets.put(work.output, new byte[] {1})));
    wrongs.add(
        wrong(
            Rule.IDS_RESOLVE,
            "resolves to nothing",
            work -> work.table("drs://dg.4503:00000000-0000-0000-0000-000000000000")));
    wrongs.add(
        wrong(
            Rule.USER_DATA_KEPT,
            "deleted what the scenario had not made",
            work -> work.deleteEntity(work.reads)));
    wrongs.add(
        wrong(Rule.USER_DATA_KEPT, "was 1 and is gone", work -> work.deleteEntity(work.reads)));
    wrongs.add(
        wrong(
            Rule.USER_DATA_KEPT,
            "is gone",
            work -> work.asked.keeps(work.own + "never", new byte[] {1})));
  }

  private static void others(List<Wrong> wrongs) {
    wrongs.add(wrong(Rule.CALLS_IN_BUDGET, "undisturbed 1", work -> work.asked.budget(1, 0)));
    wrongs.add(
        wrong(Rule.QUIET_AFTER_CANCEL, "came after the cancellation", RuleIT::goesOnAfterCancel));
    wrongs.add(
        wrong(
            Rule.QUIET_AFTER_CANCEL,
            "still running",
            work -> {
              work.launchEndless();
              work.asked.cancelled(work.now());
            }));
    wrongs.add(wrong(Rule.AGAIN_CHANGES_NOTHING, "the second start sent", RuleIT::changesAgain));
    wrongs.add(
        wrong(
            Rule.NO_SECRET,
            "a secret lies in",
            work ->
                work.buckets.put(work.own + "towpath/log", Handwork.bytes("as " + work.secret()))));
    wrongs.add(
        wrong(Rule.NO_SECRET, "is told", work -> work.asked.tells("Bearer " + work.secret())));
    wrongs.add(
        wrong(
            Rule.NO_SECRET,
            "is told",
            work -> work.asked.tells("http://host/key?X-Amz-Signature=0a1b")));
    wrongs.add(
        new Wrong(
            Rule.NO_SECRET,
            "was sent in",
            work -> work.verdictWith("container", "POST /containers/create", "1", "TOKEN=***")));
  }

  private static Wrong wrong(Rule rule, String told, Consumer<Handwork> done) {
    return new Wrong(
        rule,
        told,
        work -> {
          done.accept(work);
          return work.verdict();
        });
  }

  private static void goesOnAfterCancel(Handwork work) {
    work.asked.cancelled(work.now());
    work.buckets.put(work.own + "towpath/more", new byte[] {1});
  }

  private static void changesAgain(Handwork work) {
    work.asked.again(work.now());
    work.buckets.put(work.own + "towpath/more", new byte[] {1});
  }

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start(SandboxOptions.forTests());
    buckets = new Buckets(sandbox.env());
  }

  @AfterAll
  static void stop() {
    buckets.close();
    sandbox.close();
  }

  @Test
  void clean_work_breaks_no_rule() {
    Handwork work = new Handwork(sandbox, buckets, "clean");
    work.asked.again(work.now());

    Verdict verdict = work.verdict();

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.outcomes().values())
        .filteredOn(Outcome.NotApplicable.class::isInstance)
        .extracting(Outcome::toString)
        .containsExactlyInAnyOrder("n/a: no double was made", "n/a: nothing is cancelled");
  }

  @ParameterizedTest
  @MethodSource("wrongs")
  void a_rule_is_broken_by_the_wrong_that_it_forbids(Wrong wrong) {
    Handwork work = new Handwork(sandbox, buckets, "wrong" + System.nanoTime());
    Outcome outcome = wrong.done().apply(work).outcomes().get(wrong.rule());

    assertThat(outcome).isInstanceOf(Outcome.Violated.class);
    assertThat(outcome.toString()).contains(wrong.told());
  }

  @Test
  void every_rule_has_a_wrong_that_breaks_it() {
    assertThat(wrongs()).extracting(Wrong::rule).contains(Rule.values());
  }

  @Test
  void a_double_that_is_cancelled_and_told_is_counted_and_breaks_no_rule() {
    Handwork work = new Handwork(sandbox, buckets, "told-double");
    work.cancel(work.launchEndless());
    work.report.put("doublesCancelled", 1);

    assertThat(work.verdict().doublesMade()).isEqualTo(1);
    assertThat(work.verdict().violations()).isEmpty();
  }

  @Test
  void what_a_scenario_does_not_ask_for_is_told_as_not_applicable() {
    Verdict verdict =
        Verdict.of(Expectation.of("nobody-sends-this", 0), Platforms.of(sandbox.env()));

    assertThat(verdict.outcomes()).hasSize(Rule.values().length);
    assertThat(verdict.outcomes().get(Rule.ONE_RUN))
        .hasToString("n/a: no run is asked for, and none began");
  }
}
