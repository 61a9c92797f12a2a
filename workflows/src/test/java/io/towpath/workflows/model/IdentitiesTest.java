package io.towpath.workflows.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.towpath.workflows.WorkflowIds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IdentitiesTest {
  @Test
  void canonical_json_has_one_form_for_equal_trees() {
    Map<String, Object> tree = new TreeMap<>();
    tree.put("b", List.of(1.50, 2L, true, "ä\"\\\n"));
    tree.put("a", Optional.empty());
    tree.put("c", Optional.of(Map.of("z", 1_000_000_000_000.0)));

    assertThat(CanonicalJson.write(tree))
        .isEqualTo("{\"b\":[1.5,2,true,\"ä\\\"\\\\\\u000a\"],\"c\":{\"z\":1000000000000}}");
  }

  @Test
  void the_spec_digest_never_changes_its_form() {
    SpecDigest digest = SpecDigest.of(Map.of("pipeline", "https://github.com/nf-core/rnaseq"));

    assertThat(digest.value())
        .isEqualTo("650ff539dc76569f3d08c950c27b9c9d31b019aef9b1a2eceb77ed01b5b6ce55");
  }

  @Test
  void an_operation_key_never_changes_its_form() {
    RunKey key = RunKey.of("round-trip/syn1.1/rnaseq", "run", "rnaseq", SpecDigest.of(Map.of()), 1);

    assertThat(key.value()).isEqualTo("ox5ubviqt3l2m");
  }

  @Test
  void every_part_of_an_effect_changes_its_key() {
    SpecDigest effect = SpecDigest.of(Map.of());
    SpecDigest other = SpecDigest.of(Map.of("x", 1));

    assertThat(
            List.of(
                RunKey.of("s", "run", "a", effect, 1),
                RunKey.of("s2", "run", "a", effect, 1),
                RunKey.of("s", "run2", "a", effect, 1),
                RunKey.of("s", "run", "b", effect, 1),
                RunKey.of("s", "run", "a", other, 1),
                RunKey.of("s", "run", "a", effect, 2)))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "syn0",
        "12",
        "SYN1",
        "syn1.",
        "syn1.0",
        "syn1.2.3",
        "syn12345678901234567890",
        "syn1 "
      })
  void what_is_no_synapse_id_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new SynapseId(text));
  }

  @Test
  void a_business_key_needs_a_pinned_manifest() {
    assertThat(WorkflowIds.roundTrip(manifest("syn51514475.3").key(), "rnaseq"))
        .isEqualTo("round-trip/syn51514475.3/rnaseq");
    assertThatIllegalArgumentException().isThrownBy(() -> manifest("syn51514475").key());
  }

  @Test
  void a_view_is_keyed_by_what_it_shows() {
    ManifestVersion view =
        new ManifestVersion(
            new SynapseId("syn9"),
            "view.csv",
            Optional.empty(),
            1,
            Optional.empty(),
            Optional.of(new ManifestVersion.View(Optional.empty(), "0123abcd")));

    assertThat(WorkflowIds.roundTrip(view.key(), "rnaseq"))
        .isEqualTo("round-trip/syn9.q0123abcd/rnaseq");
  }

  private static ManifestVersion manifest(String id) {
    return new ManifestVersion(
        new SynapseId(id), "s.csv", Optional.empty(), 1, Optional.empty(), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3:/b/k", "https://b/k", "s3://UPPER/k", "s3://b/k", "s3://bucket/a\nb"})
  void what_is_no_s3_uri_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new S3Uri(text));
  }

  @Test
  void an_s3_key_is_taken_as_it_is() {
    S3Uri uri = new S3Uri("s3://bucket/a b/c%20d+e&f/");

    assertThat(uri.bucket()).isEqualTo("bucket");
    assertThat(uri.key()).isEqualTo("a b/c%20d+e&f/");
    assertThat(uri.resolve("x").value()).isEqualTo("s3://bucket/a b/c%20d+e&f/x");
  }

  @Test
  void a_page_holds_1000_to_2000_rows() {
    assertThat(ManifestRef.pageSizeFor(3)).isEqualTo(1_000);
    assertThat(ManifestRef.pageSizeFor(1_001)).as("no short last page").isEqualTo(1_001);
    assertThat(ManifestRef.pageSizeFor(100_000)).isEqualTo(1_563);
    assertThat(ManifestRef.pageSizeFor(1_000_000)).isEqualTo(2_000);
    assertThat(new ManifestRef(new S3Uri("s3://bucket/p/"), "", 1_000, 500, 0).pageCount())
        .isEqualTo(2);
  }
}
