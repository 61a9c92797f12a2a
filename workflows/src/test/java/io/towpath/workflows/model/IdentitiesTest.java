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
  void blanks_are_no_escapes_and_what_is_there_in_a_list_stands_as_it_is() {
    assertThat(CanonicalJson.write(List.of("a b\u001f", Optional.of(1), Optional.empty())))
        .isEqualTo("[\"a b\\u001f\",1,null]");
  }

  @Test
  void the_spec_digest_never_changes_its_form() {
    SpecDigest digest = SpecDigest.of(Map.of("pipeline", "https://github.com/nf-core/rnaseq"));

    assertThat(digest)
        .hasToString("650ff539dc76569f3d08c950c27b9c9d31b019aef9b1a2eceb77ed01b5b6ce55");
  }

  @Test
  void an_operation_key_never_changes_its_form() {
    RunKey key = RunKey.of("round-trip/syn1.1/rnaseq", "run", "rnaseq", SpecDigest.of(Map.of()), 1);

    assertThat(key).hasToString("ox5ubviqt3l2m");
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
    assertThat(uri.resolve("x")).hasToString("s3://bucket/a b/c%20d+e&f/x");
  }

  @Test
  void a_key_has_as_many_bytes_as_s3_takes() {
    String longest = "ü".repeat(S3Uri.MAX_KEY_BYTES / 2);

    assertThat(S3Uri.of("bucket", longest).key()).isEqualTo(longest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> S3Uri.of("bucket", longest + "a"))
        .withMessageContaining("1024 bytes");
  }

  @Test
  void an_entity_is_known_without_its_version() {
    SynapseId file = new SynapseId("syn123.4");

    assertThat(file.entity()).isEqualTo("syn123");
    assertThat(file.version()).hasValue(4);
    assertThat(new SynapseId("syn123").version()).isEmpty();
  }

  @Test
  void pages_are_told_by_their_number_and_there_are_no_others() {
    ManifestRef list = new ManifestRef(new S3Uri("s3://bucket/p/"), "", 1_100, 500, 0);

    assertThat(list.rowsOf(1)).isEqualTo(500);
    assertThat(list.rowsOf(2)).isEqualTo(100);
    assertThat(list.page(2)).hasToString("s3://bucket/p/000002.jsonl");
    assertThatIllegalArgumentException().isThrownBy(() -> list.page(3));
    assertThatIllegalArgumentException().isThrownBy(() -> list.page(-1));
    assertThat(ManifestRef.ofPages(list.pages(), 0).pageCount()).isZero();
  }

  @Test
  void what_was_listed_cannot_change_unnoticed() {
    assertThat(ManifestRef.digestOf(List.of("a", "b")))
        .isEqualTo("7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78")
        .isNotEqualTo(ManifestRef.digestOf(List.of("b", "a")));
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
