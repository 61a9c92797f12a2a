package io.towpath.activities.drs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.activities.submit.ExactlyOnceContract;
import io.towpath.sandbox.control.Fault;
import io.towpath.sandbox.drs.Duplicates;
import io.towpath.workflows.drs.DrsActivities.MintCounts;
import io.towpath.workflows.drs.MintedFile;
import io.towpath.workflows.drs.UnclearMint;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids of a dataset, for which the platform has no look-up: each send counts. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class DatasetMintTest {
  private final DrsSandbox sandbox = new DrsSandbox();
  private String dataset = "";

  @BeforeEach
  void beginAnew() {
    dataset = sandbox.seed().dataset("registered", S3Sandbox.BUCKET);
    sandbox.seed().duplicates(Duplicates.NEW_ID);
    sandbox.attempt(1);
    sandbox.settle(Duration.ofMillis(100));
    sandbox.forget();
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  private MintScene scene() {
    return new MintScene(sandbox, MintScene.rules("cavatica-dataset", dataset));
  }

  @Test
  void each_file_gets_an_id_that_resolves_for_one_mint_and_two_reads() {
    MintScene scene = scene().file("a", "of a").file("b", "of b");

    MintCounts counts = scene.mint();

    assertThat(counts).isEqualTo(new MintCounts(2, 0, 0, List.of(), ""));
    assertThat(scene.lines())
        .allSatisfy(line -> assertThat(line.verified() && line.minted()).isTrue());
    assertThat(sandbox.effects(DrsSandbox.MINT)).hasSize(2);
    assertThat(sandbox.calls("drs") - sandbox.calls("drs", "GET /service-info")).isEqualTo(4);
  }

  @Test
  void what_was_minted_is_never_minted_again_whatever_the_sheet_and_the_worker() {
    scene().file("a", "of a").mint();
    List<MintedFile> first = scene().file("a", "of a").lines();
    sandbox.forget();
    MintScene next = scene().file("a", "of a");
    next.claim = new Claim("cavatica-drs/ann/project/syn1.2/app", 1, 1);

    assertThat(next.mint()).isEqualTo(new MintCounts(0, 1, 0, List.of(), ""));

    assertThat(next.lines().get(0).drsUri()).isEqualTo(first.get(0).drsUri());
    assertThat(next.lines().get(0).minted()).isFalse();
    assertThat(sandbox.effects()).isEmpty();
  }

  @Test
  void other_bytes_at_the_same_place_get_an_id_of_their_own() {
    MintScene before = scene().file("a", "yesterday");
    before.mint();
    String first = before.lines().get(0).drsUri().orElseThrow();
    MintScene after = scene().file("a", "today, longer");

    assertThat(after.mint().minted()).isEqualTo(1);

    assertThat(after.lines().get(0).drsUri().orElseThrow()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource(value = ExactlyOnceContract.Fault.class, mode = Mode.EXCLUDE, names = "THROTTLED")
  void an_unclear_answer_parks_the_file_and_not_the_others(ExactlyOnceContract.Fault fault) {
    sandbox.strike("sevenbridges", DrsSandbox.MINT, "out/b", DrsSandbox.fault(fault), 1);
    MintScene scene = scene().file("a", "of a").file("b", "of b").file("c", "of c");

    MintCounts counts = scene.mint();

    assertThat(counts.minted()).isEqualTo(2);
    assertThat(counts.failed()).isZero();
    assertThat(counts.unclear()).containsExactly(new UnclearMint("b", 1));
    assertThat(scene.lines().get(1).error().orElse("")).contains("b.txt may have been given an id");
    sandbox.forget();
    scene.worker = sandbox.worker();
    assertThat(scene.mint().unclear()).containsExactly(new UnclearMint("b", 1));
    assertThat(sandbox.calls("sevenbridges")).isZero();
  }

  @Test
  void an_operator_lets_it_be_sent_once_more_and_once_only() {
    sandbox.strike("sevenbridges", DrsSandbox.MINT, "", lost(), 2);
    MintScene scene = scene().file("a", "of a");
    List<UnclearMint> unclear = scene.mint().unclear();

    scene.retry = unclear;
    MintCounts again = scene.mint();

    assertThat(again.unclear()).containsExactly(new UnclearMint("a", 2));
    assertThat(scene.mint().unclear()).as("a repeated activity").isEqualTo(again.unclear());
    assertThat(sandbox.calls("sevenbridges", DrsSandbox.MINT)).isEqualTo(2);
    scene.retry = again.unclear();
    assertThat(scene.mint().minted()).isEqualTo(1);
    assertThat(scene.mint()).isEqualTo(new MintCounts(0, 1, 0, List.of(), ""));
    assertThat(sandbox.calls("sevenbridges", DrsSandbox.MINT)).isEqualTo(3);
  }

  @Test
  void an_operator_leaves_it_out() {
    sandbox.strike("sevenbridges", DrsSandbox.MINT, "", lost(), 1);
    MintScene scene = scene().file("a", "of a");
    scene.mint();

    scene.skip = List.of("a");
    MintCounts counts = scene.mint();

    assertThat(counts.failed()).isEqualTo(1);
    assertThat(counts.unclear()).isEmpty();
    assertThat(counts.firstError()).contains("an operator left it out");
    assertThat(sandbox.calls("sevenbridges", DrsSandbox.MINT)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 429})
  void a_clear_refusal_is_no_unclear_answer_even_for_another_worker(int status) {
    sandbox.strike("sevenbridges", DrsSandbox.MINT, "", DrsSandbox.status(status, "{}"), 1);
    MintScene scene = scene().file("a", "of a");

    assertThatExceptionOfType(PlatformException.class).isThrownBy(scene::mint);
    scene.worker = sandbox.worker();

    assertThat(scene.mint()).isEqualTo(new MintCounts(1, 0, 0, List.of(), ""));
    assertThat(sandbox.effects(DrsSandbox.MINT)).hasSize(1);
  }

  @Test
  void a_file_that_the_platform_refuses_is_its_own_error() {
    sandbox.strike(
        "sevenbridges",
        DrsSandbox.MINT,
        "out/a",
        DrsSandbox.status(400, "{\"code\":90000,\"message\":\"no such bucket\"}"),
        1);
    MintScene scene = scene().file("a", "of a").file("b", "of b");

    MintCounts counts = scene.mint();

    assertThat(counts.minted()).isEqualTo(1);
    assertThat(counts.failed()).isEqualTo(1);
    assertThat(counts.firstError()).contains("a.txt gets no id", "no such bucket");
  }

  @Test
  void an_outage_costs_few_decisions() {
    sandbox.strike("sevenbridges", DrsSandbox.MINT, "", lost(), 1_000);
    MintScene scene = scene();
    IntStream.range(0, 16).forEach(n -> scene.file("f" + n, "of " + n));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(scene::mint)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE))
        .satisfies(e -> assertThat(e.retryAfter()).isPresent());

    assertThat(sandbox.calls("sevenbridges", DrsSandbox.MINT)).isBetween(3L, 7L);
    long sent = sandbox.effects(DrsSandbox.MINT).size();
    sandbox.spare();
    sandbox.attempt(2);
    MintCounts counts = scene.mint();
    assertThat(counts.unclear()).hasSize((int) sent);
    assertThat(counts.minted()).isEqualTo(16 - (int) sent);
  }

  @Test
  void sheets_at_the_same_time_share_one_id() {
    sandbox.settle(Duration.ofSeconds(12));
    List<MintScene> sheets =
        IntStream.range(0, 3)
            .mapToObj(
                n -> {
                  MintScene sheet = scene().file("a", "of a");
                  sheet.claim = new Claim("cavatica-drs/ann/project/syn1." + n + "/app", 1, 1);
                  return sheet;
                })
            .toList();

    List<MintCounts> counts =
        sheets.stream()
            .map(sheet -> CompletableFuture.supplyAsync(() -> repeatedly(sheet)))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(counts).allSatisfy(c -> assertThat(c.unclear()).isEmpty());
    assertThat(counts.stream().mapToInt(MintCounts::minted).sum()).isEqualTo(1);
    assertThat(sandbox.effects(DrsSandbox.MINT)).hasSize(1);
  }

  /** As Temporal repeats an activity. */
  private static MintCounts repeatedly(MintScene sheet) {
    for (int attempt = 1; ; attempt++) {
      try {
        return sheet.mint();
      } catch (PlatformException e) {
        if (!e.kind().retryable() || attempt == 5) {
          throw e;
        }
      }
    }
  }

  @Test
  void an_id_that_the_ledger_could_not_be_told_is_not_lost() {
    sandbox.s3.strike("PUT object", 1, "mint/[^.]*$", Fault.Kind.STATUS, 503);
    MintScene scene = scene().file("a", "of a");

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(scene::mint)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE));

    assertThat(scene.mint()).isEqualTo(new MintCounts(0, 1, 0, List.of(), ""));
    assertThat(sandbox.effects(DrsSandbox.MINT)).hasSize(1);
  }

  @Test
  void an_id_that_the_platform_gave_before_and_will_not_tell_is_a_conflict() {
    sandbox.seed().duplicates(Duplicates.REFUSED);
    sandbox.strike("sevenbridges", DrsSandbox.MINT, "", lost(), 1);
    MintScene scene = scene().file("a", "of a");
    scene.retry = scene.mint().unclear();

    MintCounts counts = scene.mint();

    assertThat(counts.failed()).isEqualTo(1);
    assertThat(counts.firstError()).contains("a.txt gets no id", "indexed already");
  }

  @Test
  void publishing_is_repeatable_and_done_once() {
    DrsActivitiesImpl worker = sandbox.worker();
    Claim claim = scene().claim;
    var rules = MintScene.rules("cavatica-dataset", dataset);

    assertThat(worker.publish(claim, rules).visible()).isTrue();
    assertThat(worker.publish(claim, rules).datasetId()).isEqualTo(dataset);

    assertThat(sandbox.seed().isPublished(dataset)).isTrue();
    assertThat(sandbox.calls("sevenbridges", DrsSandbox.PUBLISH)).isEqualTo(1);
  }

  @Test
  void a_publish_whose_answer_was_lost_is_sent_again() {
    sandbox.strike("sevenbridges", DrsSandbox.PUBLISH, "", lost(), 1);
    DrsActivitiesImpl worker = sandbox.worker();
    var rules = MintScene.rules("cavatica-dataset", dataset);

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> worker.publish(scene().claim, rules))
        .satisfies(e -> assertThat(e.kind().retryable()).isTrue());

    assertThat(worker.publish(scene().claim, rules).visible()).isTrue();
  }

  private static Fault lost() {
    return DrsSandbox.fault(ExactlyOnceContract.Fault.DROP_AFTER_COMMIT);
  }
}
