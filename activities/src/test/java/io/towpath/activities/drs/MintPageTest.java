package io.towpath.activities.drs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.sandbox.control.Fault;
import io.towpath.workflows.drs.DrsActivities.MintCounts;
import io.towpath.workflows.drs.DrsActivities.MintRules;
import io.towpath.workflows.drs.MintedFile;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Pages of files that get ids of indexd, or have them without being minted. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class MintPageTest {
  private static final String OBJECT = "GET /ga4gh/drs/v1/objects/{object_id}";
  private static final String BULK = "POST /ga4gh/drs/v1/objects";
  private static final String[] ASKED_ONCE = {"GET /guid/prefix", "GET /ga4gh/drs/v1/service-info"};
  private static final MintRules INDEXD = MintScene.rules("indexd", "");

  private final DrsSandbox sandbox = new DrsSandbox();
  private int number;

  @BeforeEach
  void beginAnew() {
    number++;
    sandbox.indexd.knowDates(true);
    sandbox.forget();
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  private MintScene scene() {
    return new MintScene(sandbox, INDEXD);
  }

  /** A file id that no other test has used. */
  private String id(String name) {
    return name + "-" + number;
  }

  @Test
  void a_page_is_minted_for_one_mint_and_one_read_a_file_and_one_read_for_all_of_them() {
    MintScene scene = scene().file(id("a"), "of a").file(id("b"), "of b");

    assertThat(scene.mint()).isEqualTo(new MintCounts(2, 0, 0, List.of(), ""));
    List<MintedFile> first = scene.lines();
    assertThat(first).extracting(MintedFile::fileId).containsExactly(id("a"), id("b"));
    assertThat(first)
        .allSatisfy(line -> assertThat(line.drsUri().orElse("")).startsWith("drs://dg.4DFC:"));
    assertThat(sandbox.calls("indexd", DrsSandbox.RECORD)).isEqualTo(2);
    assertThat(sandbox.calls("indexd") - sandbox.calls("indexd", ASKED_ONCE)).isEqualTo(5);
    sandbox.forget();

    assertThat(scene.mint()).isEqualTo(new MintCounts(0, 2, 0, List.of(), ""));
    assertThat(scene.lines())
        .extracting(MintedFile::drsUri)
        .containsExactly(first.get(0).drsUri(), first.get(1).drsUri());
    assertThat(sandbox.effects()).isEmpty();
    assertThat(sandbox.calls("indexd")).isEqualTo(3);
  }

  /** The other pages are not there. */
  @Test
  void tasks_without_outputs_and_empty_files_make_it_read_no_page_but_its_own() {
    MintScene scene =
        scene().file(id("a"), "of a").filedAs("syn1", 1).file(id("empty"), "").output("", 0);
    scene.pages = 3;

    assertThat(scene.mint()).isEqualTo(new MintCounts(2, 0, 0, List.of(), ""));
  }

  @Test
  void ids_are_resolved_one_by_one_where_many_at_once_are_refused() {
    MintScene scene = scene().file(id("a"), "of a").file(id("b"), "of b");
    sandbox.strike("indexd", BULK, "", DrsSandbox.status(413, "{}"), 1);

    assertThat(scene.mint()).isEqualTo(new MintCounts(2, 0, 0, List.of(), ""));

    assertThat(scene.lines()).allMatch(MintedFile::verified);
    assertThat(sandbox.calls("indexd", OBJECT)).isEqualTo(2);
  }

  @Test
  void an_object_that_a_list_shows_in_part_or_as_it_was_is_asked_for_itself() {
    MintScene scene = scene().file(id("a"), "of a").file(id("b"), "of b").file(id("c"), "of c");
    scene.mint();
    List<String> dids =
        scene.lines().stream()
            .map(line -> line.drsUri().orElse("").substring("drs://".length()).replace(':', '/'))
            .toList();
    String list =
        """
        {"resolved_drs_object":[
         {"id":"%s","size":4},
         {"id":"%s","access_methods":[{"type":"s3","access_id":"s3"}]},
         {"id":"%s","size":9,"access_methods":[{"type":"s3","access_id":"s3"}]}]}
        """
            .formatted(dids.toArray());
    sandbox.forget();
    sandbox.strike("indexd", BULK, "", answering(list), 1);

    assertThat(scene.mint()).isEqualTo(new MintCounts(0, 3, 0, List.of(), ""));
    assertThat(sandbox.calls("indexd", OBJECT)).isEqualTo(3);
  }

  /** A second way to make dids would give every object that was published a second id. */
  @Test
  void the_did_of_an_object_never_changes() {
    ObjectIdentity object =
        new ObjectIdentity(
            "0123456789abcdef0123456789abcdef", 7, new S3Uri("s3://bucket/a folder/ä+b.bam"));

    assertThat(object.uuid()).isEqualTo(UUID.fromString("f9453764-8093-558d-93ff-8694fca21dc7"));
    assertThat(object.digest())
        .isEqualTo("915c10b6f9bc229a93eaf1df67553c3872dbe2538e1e96fdd2105d7db652d4fa");
  }

  @Test
  void the_same_bytes_at_two_places_have_two_ids_and_at_one_place_one() {
    S3Uri place = S3Uri.of(S3Sandbox.BUCKET, "out/shared-" + number);
    MintScene scene =
        scene()
            .file(id("a"), "the same", place)
            .file(id("b"), "the same", place)
            .file(id("c"), "the same");

    MintCounts counts = scene.mint();

    assertThat(counts.minted()).isEqualTo(2);
    assertThat(scene.lines().get(0).drsUri()).isEqualTo(scene.lines().get(1).drsUri());
    assertThat(scene.lines().get(2).drsUri()).isNotEqualTo(scene.lines().get(0).drsUri());
    assertThat(sandbox.effects(DrsSandbox.RECORD)).hasSize(2);
  }

  @Test
  void a_file_that_lacks_something_is_its_own_error_and_a_task_without_outputs_none() {
    S3Uri place = S3Uri.of(S3Sandbox.BUCKET, "out/" + id("unread"));
    MintScene scene =
        scene()
            .output(id("nowhere"), 7)
            .object(id("unread"), 7, place, Optional.empty(), "0-2")
            .output("", 0)
            .file(id("a"), "of a");

    MintCounts counts = scene.mint();

    assertThat(counts.minted()).isEqualTo(1);
    assertThat(counts.failed()).isEqualTo(2);
    assertThat(scene.lines())
        .extracting(line -> line.error().orElse(""))
        .satisfiesExactly(
            text -> assertThat(text).contains("does not lie in S3; export"),
            text -> assertThat(text).contains("MD5 is not known"),
            text -> assertThat(text).isEmpty(),
            text -> assertThat(text).isEmpty());
  }

  @Test
  void an_object_of_another_size_than_the_file_gets_no_id() {
    MintScene scene = scene().file(id("a"), "of a").ofBytes(5);

    MintCounts counts = scene.mint();

    assertThat(counts.firstError()).contains("its object has 4 bytes, the file 5");
    assertThat(sandbox.effects()).isEmpty();
  }

  @Test
  void an_older_indexd_that_does_not_know_dates_is_told_none() {
    sandbox.indexd.knowDates(false);
    MintScene scene = scene().file(id("a"), "of a").file(id("b"), "of b").file(id("c"), "of c");

    assertThat(scene.mint().minted()).isEqualTo(3);

    assertThat(sandbox.effects(DrsSandbox.RECORD)).hasSize(3);
    sandbox.forget();
    scene.file(id("d"), "of d").mint();
    assertThat(sandbox.calls("indexd", DrsSandbox.RECORD)).isEqualTo(1);
  }

  @Test
  void dids_and_uris_begin_as_the_request_says() {
    for (String begin : List.of("drs://dg.4503:", "drs://drs.example.org/")) {
      MintScene scene = scene().with(base(begin)).file(id("a"), "of " + begin);

      assertThat(scene.mint().minted()).isEqualTo(1);
      assertThat(scene.lines().get(0).drsUri().orElse("")).startsWith(begin);
    }
  }

  private static MintRules base(String selfUriBase) {
    return new MintRules("default", "indexd", "", "", List.of("md5"), Optional.of(selfUriBase));
  }

  @Test
  void a_did_that_stands_for_another_object_is_a_conflict_of_that_file() {
    String taken =
        """
        {"did":"x","size":9,"urls":["s3://other/place"],
         "hashes":{"md5":"ffffffffffffffffffffffffffffffff"}}
        """;
    sandbox.strike("indexd", "GET /index/{GUID}", "", answering(taken), 1);
    MintScene scene = scene().file(id("a"), "of a");

    MintCounts counts = scene.mint();

    assertThat(counts.failed()).isEqualTo(1);
    assertThat(counts.firstError())
        .contains("stands for another object: size 9", "never pointed to other bytes");
    assertThat(sandbox.calls("indexd", DrsSandbox.RECORD)).isZero();
  }

  @Test
  void an_id_that_resolves_to_other_bytes_does_not_count() {
    String other =
        """
        {"id":"x","size":5,"checksums":[{"type":"MD5","checksum":"ffff"}],
         "access_methods":[{"access_id":"s3","type":"s3"}]}
        """;
    sandbox.strike("indexd", OBJECT, "", answering(other), 1);
    MintScene scene = scene().file(id("a"), "of a");

    MintCounts counts = scene.mint();

    assertThat(counts.minted()).isZero();
    assertThat(counts.firstError())
        .contains("resolves to other bytes", "its size is 5, the file's 4", "its md5 is ffff");
    assertThat(scene.lines().get(0).verified()).isFalse();
    assertThat(scene.mint().existing()).as("looked at again").isEqualTo(1);
  }

  @Test
  void an_id_without_an_open_way_to_its_bytes_does_not_count() {
    String shut =
        """
        {"id":"x","size":4,"checksums":[{"type":"md5","checksum":"%s"}],
         "access_methods":[{"access_id":"s3","type":"s3","available":false}]}
        """
            .formatted(MintScene.md5("of a"));
    sandbox.strike("indexd", OBJECT, "", answering(shut), 1);
    MintScene scene = scene().file(id("a"), "of a");

    assertThat(scene.mint().firstError()).contains("names no way to its bytes");
  }

  @Test
  void a_record_that_does_not_resolve_yet_is_asked_for_again_and_then_reported() {
    sandbox.strike("indexd", OBJECT, "", DrsSandbox.status(404, "{\"msg\":\"no\"}"), 2);
    MintScene scene = scene().file(id("a"), "of a");

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(scene::mint)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE));
    assertThat(scene.mint().firstError()).contains("does not resolve at indexd");
    assertThat(scene.mint().existing()).isEqualTo(1);
    assertThat(sandbox.effects(DrsSandbox.RECORD)).hasSize(1);
  }

  @Test
  void a_platform_file_has_an_id_without_any_change() {
    String file = sandbox.platformFile("p" + number, "seven !");
    MintScene scene =
        new MintScene(sandbox, MintScene.rules("cavatica-implicit", "")).output(file, 7);

    assertThat(scene.mint()).isEqualTo(new MintCounts(0, 1, 0, List.of(), ""));

    assertThat(scene.lines().get(0))
        .isEqualTo(
            new MintedFile(
                file,
                Optional.of("drs://cavatica-ga4gh-api.sbgenomics.com/" + file),
                true,
                false,
                Optional.empty()));
    assertThat(sandbox.effects()).isEmpty();
    assertThat(sandbox.calls("drs")).isEqualTo(2);
  }

  @Test
  void a_server_of_version_1_5_resolves_too() {
    Map<String, String> later = new TreeMap<>(sandbox.env());
    later.put("DRS_ENDPOINT", later.getOrDefault("DRS_ENDPOINT_1_5", ""));
    String file = sandbox.platformFile("q" + number, "seven !");
    MintScene scene =
        new MintScene(sandbox, MintScene.rules("cavatica-implicit", "")).output(file, 7);
    scene.worker = sandbox.worker(later);

    assertThat(scene.mint().existing()).isEqualTo(1);
  }

  @Test
  void what_is_no_file_of_the_platform_has_no_implicit_id() {
    MintScene scene =
        new MintScene(sandbox, MintScene.rules("cavatica-implicit", ""))
            .output("syn123.1", 7)
            .output("0123456789abcdef01234567", 7);

    MintCounts counts = scene.mint();

    assertThat(counts.failed()).isEqualTo(2);
    assertThat(counts.firstError()).contains("24 hex digits");
    assertThat(scene.lines().get(1).error().orElse("")).contains("does not resolve", "404");
  }

  private static Fault answering(String body) {
    return new Fault(Fault.Kind.STATUS, 0, 0, 200, Map.of(), Optional.of(body), "");
  }
}
