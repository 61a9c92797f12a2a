package io.towpath.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries of every release lie where this says, so it never changes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LedgerPathsTest {
  private static final String KEY = "round-trip/syn1.2/rnaseq";
  private static final Claim CLAIM = new Claim(KEY, 3, 1);
  private static final RunKey RUN = new RunKey("abcdefghijklm");

  private final LedgerPaths paths = new LedgerPaths(new S3Uri("s3://bucket/ledger"));

  @Test
  void each_entry_lies_in_the_folder_of_its_generation() {
    assertThat(paths.probe()).hasToString("s3://bucket/ledger/probe");
    assertThat(paths.kind("round-trip")).hasToString("s3://bucket/ledger/round-trip/");
    assertThat(paths.folder(KEY)).hasToString("s3://bucket/ledger/" + KEY + "/");
    assertThat(paths.generations(KEY)).hasToString("s3://bucket/ledger/" + KEY + "/g");
    assertThat(paths.refused(KEY)).hasToString("s3://bucket/ledger/" + KEY + "/refused");
    assertThat(paths.claim(KEY, 3)).hasToString("s3://bucket/ledger/" + KEY + "/g3/claim");
    assertThat(paths.holder(KEY, 3, 2)).hasToString("s3://bucket/ledger/" + KEY + "/g3/holder-2");
    assertThat(paths.result(KEY, 3)).hasToString("s3://bucket/ledger/" + KEY + "/g3/result");
    assertThat(paths.outcome(KEY, 3, "a.b"))
        .hasToString("s3://bucket/ledger/" + KEY + "/g3/a%2Eb.outcome");
    assertThat(paths.intent(CLAIM, "run", RUN, 1))
        .hasToString("s3://bucket/ledger/" + KEY + "/g3/run.abcdefghijklm.intent-1");
    assertThat(paths.id(CLAIM, "run", RUN))
        .hasToString("s3://bucket/ledger/" + KEY + "/g3/run.abcdefghijklm.id");
  }

  @Test
  void a_mint_lies_beside_the_keys_whoever_makes_it() {
    EffectPaths mints = paths.mints();

    assertThat(mints.id(CLAIM, "drs/a set/0123", RUN))
        .hasToString("s3://bucket/ledger/mint/drs%2Fa%20set/0123");
    assertThat(mints.intent(CLAIM, "drs/a set/0123", RUN, 2))
        .hasToString("s3://bucket/ledger/mint/drs%2Fa%20set/0123.intent-2");
  }

  @Test
  void an_entry_tells_its_generation_and_its_key() {
    assertThat(LedgerPaths.generationOf("g12/claim")).hasValue(12);
    assertThat(LedgerPaths.generationOf("g0/claim")).isEmpty();
    assertThat(LedgerPaths.generationOf("g1/more/claim")).isEmpty();
    assertThat(LedgerPaths.keyOfIntent("run.abcdefghijklm.intent-1")).contains(RUN);
    assertThat(LedgerPaths.keyOfIntent("run.abcdefghijklm.id")).isEmpty();
    assertThat(LedgerPaths.keyOfId("run.abcdefghijklm.id")).contains(RUN);
    assertThat(LedgerPaths.keyOfId("run.ABCDEFGHIJKLM.id")).isEmpty();
  }

  @Test
  void signs_that_mean_something_to_a_path_are_written_otherwise_and_can_be_read_back() {
    assertThat(LedgerPaths.folderOf("a/b c+%é.1/-_")).isEqualTo("a/b%20c%2B%25%C3%A9.1/-_");
    assertThat(LedgerPaths.decoded("b%20c%2B%25%C3%A9.1")).isEqualTo("b c+%é.1");
    assertThat(LedgerPaths.decoded("a+b")).isEqualTo("a+b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a//b", "a/", "/a", "a/..", "./a"})
  void a_key_with_a_part_that_is_no_name_is_refused(String key) {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> LedgerPaths.folderOf(key))
        .withMessageContaining("expected kind/id/recipe");
  }

  @Test
  void a_key_has_at_most_700_bytes() {
    assertThat(LedgerPaths.folderOf("a".repeat(700))).hasSize(700);
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> LedgerPaths.folderOf("é".repeat(350) + "a"))
        .withMessageContaining("700 bytes");
  }
}
