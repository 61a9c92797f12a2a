package io.towpath.activities.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.synapse.IndexScene.Indexed;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.synapse.AnnotationRule;
import io.towpath.workflows.synapse.IndexedFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a generation need not look at, as the last one filed it and a listing shows no change. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class UnchangedIT {
  private static final String LOOK = "POST /entity/{id}/bundle2";
  private static final int FILES = 20;

  @AutoClose private final SynapseSandbox sandbox = new SynapseSandbox();
  private final IndexScene scene = new IndexScene(sandbox);
  private List<IndexedFile> first = List.of();

  @BeforeEach
  void indexed() {
    for (int i = 0; i < FILES; i++) {
      scene.output("d/f%03d.txt".formatted(i), "content " + i);
    }
    first = scene.annotations(rule("assay", "rnaSeq")).index().files();
    sandbox.forget();
  }

  @Test
  void no_file_is_looked_at_of_which_nothing_changed_in_whatever_generation() {
    Indexed second = generation(2);
    assertThat(sandbox.calls()).isLessThan(FILES / 2);
    Indexed third = generation(3);

    assertThat(third.counts().unchanged()).isEqualTo(FILES);
    assertThat(third.files()).isEqualTo(second.files());
    assertThat(third.files()).extracting(IndexedFile::version).containsOnly(1L);
    assertThat(third.files())
        .extracting(IndexedFile::synapseId)
        .isEqualTo(first.stream().map(IndexedFile::synapseId).toList());
    assertThat(sandbox.calls(LOOK)).isZero();
    assertThat(sandbox.effects())
        .extracting(effect -> effect.route())
        .containsOnly("POST /activity");
  }

  @Test
  void what_somebody_changed_since_is_looked_at_and_made_good() {
    sandbox.seed().annotate(first.get(3).synapseId(), "assay", List.of("other"));
    sandbox.seed().annotate(first.get(4).synapseId(), "note", List.of("seen"));
    sandbox.seed().newVersion(first.get(5).synapseId(), new byte[] {'x'});

    Indexed second = generation(2);

    assertThat(sandbox.calls(LOOK)).isEqualTo(3 + 1);
    assertThat(second.files().get(3).action()).isEqualTo("annotated");
    assertThat(second.files().get(4).action()).isEqualTo("unchanged");
    assertThat(second.files().get(5).action()).isEqualTo("newVersion");
    assertThat(second.files().get(5).version()).isEqualTo(3);
    assertThat(second.counts().unchanged()).isEqualTo(FILES - 2);
  }

  @Test
  void what_is_wanted_otherwise_is_looked_at_and_the_next_time_what_was_changed_in_place() {
    scene.output("d/f007.txt", "other bytes");
    scene.annotations(
        rule("assay", "rnaSeq"),
        new AnnotationRule("d/f008.txt", Map.of("qc", "passed"), Optional.empty()));

    Indexed second = generation(2);

    assertThat(second.counts().newVersions()).isEqualTo(1);
    assertThat(second.counts().annotated()).isEqualTo(1);
    assertThat(sandbox.calls(LOOK)).isEqualTo(2 + 1);
    sandbox.forget();
    assertThat(generation(3).counts().unchanged()).isEqualTo(FILES);
    assertThat(sandbox.calls(LOOK)).isEqualTo(1);
    sandbox.forget();
    assertThat(generation(4).counts().unchanged()).isEqualTo(FILES);
    assertThat(sandbox.calls(LOOK)).isZero();
  }

  @Test
  void of_a_generation_that_left_nothing_the_one_before_it_counts() {
    Indexed third = generation(3);

    assertThat(third.counts().unchanged()).isEqualTo(FILES);
    assertThat(sandbox.calls(LOOK)).isZero();
  }

  @Test
  void a_page_that_holds_something_else_is_as_good_as_none() {
    sandbox.put(ManifestRef.page(scene.work("indexed/"), 0).key(), "nothing of ours");

    assertThat(generation(2).counts().unchanged()).isEqualTo(FILES);
    assertThat(sandbox.calls(LOOK)).isEqualTo(FILES);
  }

  private Indexed generation(int number) {
    return scene.claim(new Claim(SynapseSandbox.CLAIM.businessKey(), number, 1)).index();
  }

  private static AnnotationRule rule(String name, String value) {
    return new AnnotationRule("**", Map.of(name, value), Optional.empty());
  }
}
