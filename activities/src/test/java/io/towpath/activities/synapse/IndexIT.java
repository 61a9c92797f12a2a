package io.towpath.activities.synapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.Settles;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.sandbox.control.Fault;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.synapse.IndexTarget;
import io.towpath.workflows.synapse.IndexedFile;
import io.towpath.workflows.synapse.SynapseActivities.EnsureReport;
import io.towpath.workflows.synapse.SynapseActivities.WriteMapping;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class IndexIT {
  private static final String CREATE = "POST /entity/bundle2/create";
  private static final String UPDATE = "PUT /entity/{id}/bundle2";

  @AutoClose private final SynapseSandbox sandbox = new SynapseSandbox();
  private final IndexScene scene = new IndexScene(sandbox);

  @Test
  void a_new_file_costs_two_calls_and_has_its_key_and_provenance() {
    files(40);
    IndexTarget target = scene.prepare();
    sandbox.forget();

    scene.page(target);

    assertThat(sandbox.calls()).isEqualTo(80);
    assertThat(sandbox.effects(CREATE)).hasSize(40);
    IndexedFile first =
        sandbox.documents().readPage(scene.indexed().page(0), IndexedFile.class).get(0);
    assertThat(first.action()).isEqualTo("created");
    assertThat(sandbox.seen(first.synapseId()).businessKey())
        .contains(SynapseSandbox.CLAIM.businessKey());
    assertThat(sandbox.seen(first.synapseId()).handle().orElseThrow().md5()).contains(first.md5());
  }

  @Test
  void an_index_done_again_changes_nothing() {
    files(40);
    IndexScene.Indexed first = scene.index();
    sandbox.forget();

    IndexScene.Indexed again = scene.claim(nextGeneration()).index();

    assertThat(again.counts().unchanged()).isEqualTo(40);
    assertThat(again.files()).extracting(IndexedFile::version).containsOnly(1L);
    assertThat(again.files())
        .extracting(IndexedFile::synapseId)
        .isEqualTo(first.files().stream().map(IndexedFile::synapseId).toList());
    assertThat(sandbox.effects())
        .extracting(effect -> effect.route())
        .containsExactly("POST /activity");
    assertThat(sandbox.calls()).isLessThanOrEqualTo(40 + 10);
    assertThat(again.target().foldersCreated()).isZero();
    assertThat(again.target().folderCount()).isEqualTo(first.target().folderCount());
  }

  @Test
  void other_bytes_make_one_new_version_with_the_new_provenance() {
    files(3);
    IndexScene.Indexed first = scene.index();
    scene.output("d1/f1.txt", "other bytes");

    IndexScene.Indexed again = scene.claim(nextGeneration()).index();

    assertThat(again.counts().newVersions()).isEqualTo(1);
    assertThat(again.counts().unchanged()).isEqualTo(2);
    assertThat(again.lines())
        .contains("d1/f1.txt 2 " + IndexScene.md5("other bytes") + " newVersion");
    assertThat(again.target().activityId()).isNotEqualTo(first.target().activityId());
  }

  @Test
  void the_same_bytes_elsewhere_move_the_handle_and_make_no_version() {
    files(1);
    IndexScene.Indexed first = scene.index();
    sandbox.put("elsewhere/f0.txt", "content 0");
    IndexedFile file = first.files().get(0);

    IndexedFile moved =
        fileIndexer()
            .index(
                wanted(first, file, S3Uri.of(SynapseSandbox.BUCKET, "elsewhere/f0.txt")),
                Optional.of(sandbox.seen(file.synapseId())),
                Optional.of(sandbox.seen(file.synapseId())));

    assertThat(moved.action()).isEqualTo("unchanged");
    assertThat(moved.version()).isEqualTo(1);
    assertThat(sandbox.seen(file.synapseId()).handle().orElseThrow().key())
        .contains("elsewhere/f0.txt");
  }

  @ParameterizedTest
  @CsvSource({
    "POST /entity,REFUSE",
    "POST /entity,DROP_BEFORE_COMMIT",
    "POST /entity,DROP_AFTER_COMMIT",
    "POST /entity,LATE_COMMIT",
    "POST /entity,STATUS_AFTER_COMMIT",
    "POST /entity,TRUNCATE",
    "POST /entity,HIDE",
    "POST /activity,DROP_BEFORE_COMMIT",
    "POST /activity,DROP_AFTER_COMMIT",
    "POST /activity,LATE_COMMIT",
    "POST /activity,STATUS_AFTER_COMMIT",
    "POST /storageLocation,DROP_AFTER_COMMIT",
    "POST /storageLocation,LATE_COMMIT",
    "POST /externalFileHandle/s3,DROP_AFTER_COMMIT",
    "POST /externalFileHandle/s3,STATUS",
    "POST /entity/bundle2/create,REFUSE",
    "POST /entity/bundle2/create,DROP_BEFORE_COMMIT",
    "POST /entity/bundle2/create,DROP_AFTER_COMMIT",
    "POST /entity/bundle2/create,LATE_COMMIT",
    "POST /entity/bundle2/create,STATUS_AFTER_COMMIT",
    "POST /entity/bundle2/create,TRUNCATE",
    "POST /entity/bundle2/create,HTML",
    "POST /entity/bundle2/create,HIDE",
    "PUT /entity/{id}/bundle2,REFUSE",
    "PUT /entity/{id}/bundle2,DROP_AFTER_COMMIT",
    "PUT /entity/{id}/bundle2,LATE_COMMIT",
    "PUT /entity/{id}/bundle2,STATUS_AFTER_COMMIT",
    "PUT /entity/{id}/bundle2,TRUNCATE"
  })
  void a_fault_leaves_the_same_index(String route, Fault.Kind kind) {
    scene.output("d1/old.txt", "before");
    scene.index();
    scene.output("d1/old.txt", "after").output("d2/new.txt", "new").output("top.txt", "top");
    sandbox.forget();
    sandbox.strike(route, kind, 250, kind == Fault.Kind.STATUS ? 503 : 502, 1);

    IndexScene.Indexed indexed = scene.claim(nextGeneration()).index();

    assertThat(indexed.lines())
        .containsExactly(
            "d1/old.txt 2 " + IndexScene.md5("after") + " newVersion",
            "d2/new.txt 1 " + IndexScene.md5("new") + " created",
            "top.txt 1 " + IndexScene.md5("top") + " created");
    assertThat(indexed.target().foldersCreated()).isEqualTo(1);
    assertThat(sandbox.effects(CREATE)).hasSize(2);
    assertThat(sandbox.effects(UPDATE)).hasSize(1);
    assertThat(sandbox.effects("POST /entity")).hasSize(1);
    for (IndexedFile file : indexed.files()) {
      assertThat(
              sandbox
                  .client()
                  .bundle(file.synapseId(), OptionalLong.empty())
                  .path("entity")
                  .path("versionNumber")
                  .asLong())
          .isEqualTo(file.version());
    }
  }

  @Test
  void a_page_that_is_repeated_finds_what_it_made_and_reports_the_same() {
    files(5);
    IndexTarget target = scene.prepare();
    scene.page(target);
    List<IndexedFile> first =
        sandbox.documents().readPage(scene.indexed().page(0), IndexedFile.class);
    sandbox.forget();
    sandbox.attempt(2);

    scene.page(target);

    assertThat(sandbox.documents().readPage(scene.indexed().page(0), IndexedFile.class))
        .isEqualTo(first);
    assertThat(sandbox.effects()).isEmpty();
    assertThat(scene.prepare().foldersCreated()).isEqualTo(target.foldersCreated());
  }

  @Test
  void a_stale_etag_is_read_again_and_the_change_applied_again() {
    files(1);
    scene.index();
    scene.output("d0/f0.txt", "other");
    sandbox.strike(UPDATE, Fault.Kind.STATUS, 0, 412, 2);

    IndexScene.Indexed again = scene.claim(nextGeneration()).index();

    assertThat(again.counts().newVersions()).isEqualTo(1);
    assertThat(sandbox.effects(UPDATE)).hasSize(1);
  }

  @Test
  void names_taken_by_others_are_all_listed_before_anything_is_made() {
    String theirs = sandbox.seed().file(scene.parent, "a.txt", "text/plain", bytes("x"));
    sandbox.seed().annotate(theirs, "towpath.key", List.of("round-trip/syn9.1/other"));
    sandbox.seed().folder(scene.parent, "b.txt");
    sandbox.seed().file(scene.parent, "c", "text/plain", bytes("x"));
    sandbox.seed().file(scene.parent, "free.txt", "text/plain", bytes("x"));
    scene.output("a.txt", "1").output("b.txt", "2").output("c/d.txt", "3").output("free.txt", "4");
    sandbox.forget();

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(scene::prepare)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFLICT))
        .withMessageContaining("\"a.txt\" is taken by " + theirs)
        .withMessageContaining("belongs to round-trip/syn9.1/other")
        .withMessageContaining("\"b.txt\"")
        .withMessageContaining("\"c\"")
        .withMessageContaining("3 outputs cannot be indexed, nothing was made");
    assertThat(sandbox.effects()).isEmpty();
  }

  @Test
  void a_file_without_a_key_is_taken_over() {
    sandbox.seed().file(scene.parent, "free.txt", "text/plain", bytes("x"));
    scene.output("free.txt", "4");

    IndexScene.Indexed indexed = scene.index();

    assertThat(indexed.counts().newVersions()).isEqualTo(1);
    assertThat(sandbox.seen(indexed.files().get(0).synapseId()).businessKey())
        .contains(SynapseSandbox.CLAIM.businessKey());
  }

  @Test
  void illegal_names_are_refused_all_at_once_or_replaced_and_recorded() {
    scene.output("a:b.txt", "1").output("a_b.txt", "2").output("x=1/ü.txt", "3");

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(scene::prepare)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED))
        .withMessageContaining("a:b.txt")
        .withMessageContaining("x=1")
        .withMessageContaining("ü.txt")
        .withMessageContaining("sanitize+record");
    assertThat(sandbox.effects()).isEmpty();

    IndexScene.Indexed indexed = scene.onIllegal("sanitize+record").index();

    assertThat(indexed.files())
        .extracting(IndexedFile::path)
        .containsExactly("a_x003A_b.txt", "a_b.txt", "x_x003D_1/_x00FC_.txt");
    assertThat(indexed.target().renamed())
        .containsExactly("a:b.txt -> a_x003A_b.txt", "x=1/ü.txt -> x_x003D_1/_x00FC_.txt");
  }

  @Test
  void the_owner_file_keeps_the_entries_of_others() {
    sandbox.put("owners/ann/owner.txt", "3319999\nTeam-7, bob");
    scene.output("f.txt", "1").index();
    scene.claim(nextGeneration()).index();

    assertThat(
            new String(
                sandbox.documents().read(S3Uri.of(SynapseSandbox.BUCKET, "owners/ann/owner.txt")),
                StandardCharsets.UTF_8))
        .isEqualTo("3319999\nTeam-7, bob\n3400001\n");
  }

  @Test
  void a_lost_claim_stops_before_the_next_change() {
    files(2);
    IndexTarget target = scene.prepare();
    sandbox.forget();
    sandbox.ledger.loseClaim();

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.page(target))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CLAIM_LOST));
    assertThat(sandbox.effects()).isEmpty();
  }

  @Test
  void the_report_gets_a_new_version_only_if_it_differs() {
    scene.output("f.txt", "1");
    IndexTarget target = scene.index().target();

    IndexedFile first = report(target, "{}");
    IndexedFile same = report(target, "{}");
    IndexedFile other = report(target, "{\"a\":1}");

    assertThat(List.of(first.action(), same.action(), other.action()))
        .containsExactly("created", "unchanged", "newVersion");
    assertThat(other.version()).isEqualTo(2);
    assertThat(other.path()).isEqualTo("towpath-report.json");
    assertThat(other.sizeBytes()).isEqualTo(7);
  }

  @Test
  void the_mapping_lists_every_file_with_quotes_where_needed() {
    scene.output("b, c.txt", "1").output("a.txt", "22").output("+1.txt", "3").index();
    S3Uri where = scene.work("mapping.csv");

    sandbox
        .activities()
        .writeMapping(new WriteMapping(SynapseSandbox.CLAIM, scene.indexed(), where, List.of()));

    String csv = new String(sandbox.documents().read(where), StandardCharsets.UTF_8);
    assertThat(csv.lines().toList())
        .hasSize(4)
        .first()
        .isEqualTo("s3_uri,synapse_id,version,md5,size,path,action");
    assertThat(csv)
        .contains("\"s3://results-bucket/run/out/b, c.txt\",syn")
        .contains(",1," + IndexScene.md5("22") + ",2,a.txt,created\n")
        .as("no formula of a spreadsheet")
        .contains(",1,'+1.txt,created\n");
  }

  private IndexedFile report(IndexTarget target, String json) {
    return sandbox
        .activities()
        .ensureReport(
            new EnsureReport(
                SynapseSandbox.CLAIM,
                "default",
                new SynapseId(scene.parent),
                S3Uri.of(SynapseSandbox.BUCKET, "report.json"),
                Optional.of(json),
                Optional.of(target),
                Optional.empty(),
                Optional.of(""),
                Optional.empty()));
  }

  private FileIndexer fileIndexer() {
    return new FileIndexer(
        sandbox.client(),
        new SubmitOnce(sandbox.ledger, Settles.of(SynapseSandbox.SETTLE)),
        sandbox.ledger);
  }

  private WantedFile wanted(IndexScene.Indexed indexed, IndexedFile file, S3Uri object) {
    return new WantedFile(
        SynapseSandbox.CLAIM,
        scene.parent,
        new TargetPath("", file.path()),
        object,
        file.md5(),
        OptionalLong.of(file.sizeBytes()),
        OptionalLong.of(indexed.target().storageLocationId()),
        indexed.target().activityId(),
        Map.of(),
        Optional.empty());
  }

  private void files(int count) {
    for (int i = 0; i < count; i++) {
      scene.output("d" + i % 3 + "/f" + i + ".txt", "content " + i);
    }
  }

  private static Claim nextGeneration() {
    return new Claim(SynapseSandbox.CLAIM.businessKey(), 2, 1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
