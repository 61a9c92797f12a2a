package io.towpath.activities.synapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.synapse.IndexTarget;
import io.towpath.workflows.synapse.IndexedFile;
import io.towpath.workflows.synapse.NameRules;
import io.towpath.workflows.synapse.SynapseActivities.IndexParent;
import io.towpath.workflows.synapse.SynapseActivities.Mapping;
import io.towpath.workflows.synapse.SynapseActivities.WriteMapping;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class CollisionIT {
  private static final Claim OLDER = SynapseSandbox.CLAIM;
  private static final Claim NEWER = new Claim("round-trip/syn1.2/rnaseq", 1, 1);

  @AutoClose private final SynapseSandbox sandbox = new SynapseSandbox();
  private final IndexScene scene = new IndexScene(sandbox);

  @Test
  void a_newer_manifest_stops_at_the_files_of_the_older_one_unless_it_may_go_on_with_them() {
    scene.claim(OLDER).output("a.txt", "1").output("b.txt", "2").index();
    scene.claim(NEWER).output("a.txt", "other");
    sandbox.forget();

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(scene::prepare)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFLICT))
        .withMessageContaining("belongs to " + OLDER.businessKey())
        .withMessageContaining("onCollision");
    assertThat(sandbox.effects()).isEmpty();

    IndexScene.Indexed indexed = scene.onCollision(NameRules.NEW_VERSION).index();

    assertThat(indexed.lines())
        .containsExactly(
            "a.txt 2 " + IndexScene.md5("other") + " newVersion",
            "b.txt 1 " + IndexScene.md5("2") + " annotated");
    assertThat(indexed.target().adopted())
        .hasSize(2)
        .allSatisfy(file -> assertThat(file).endsWith("from " + OLDER.businessKey()));
    assertThat(indexed.files())
        .extracting(file -> sandbox.seen(file.synapseId()).businessKey().orElseThrow())
        .containsOnly(NEWER.businessKey());
  }

  @Test
  void who_finds_the_first_file_taken_meanwhile_files_none_of_the_others() {
    scene.claim(NEWER).output("a.txt", "1").output("b.txt", "2").output("c.txt", "3");
    IndexTarget target = scene.prepare();
    scene.claim(OLDER).without("b.txt").without("c.txt").index();
    scene.claim(NEWER).output("b.txt", "2").output("c.txt", "3");
    sandbox.forget();

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.page(target))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFLICT))
        .withMessageContaining("belongs to " + OLDER.businessKey());
    assertThat(sandbox.effects("POST /entity/bundle2/create")).isEmpty();
  }

  @Test
  void only_files_of_the_named_keys_are_adopted() {
    scene.claim(OLDER).output("a.txt", "1").index();
    scene.claim(NEWER).output("a.txt", "2").onCollision(NameRules.NEW_VERSION, "cavatica-drs/");

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(scene::prepare)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFLICT))
        .withMessageContaining("belongs to " + OLDER.businessKey() + "; file into another folder");

    scene.onCollision(NameRules.NEW_VERSION, "round-trip/");
    assertThat(scene.prepare().adopted()).hasSize(1);
  }

  @Test
  void adopting_is_reported_the_same_by_a_repeated_attempt() {
    scene.claim(OLDER).output("a.txt", "1").index();
    scene.claim(NEWER).output("a.txt", "2").onCollision(NameRules.NEW_VERSION);
    List<String> first = scene.index().target().adopted();

    assertThat(scene.prepare().adopted()).isEqualTo(first).hasSize(1);
  }

  @Test
  void what_is_no_file_stays_a_collision_whatever_the_policy() {
    sandbox.seed().folder(scene.parent, "b.txt");
    scene.output("b.txt", "2").onCollision(NameRules.NEW_VERSION);

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(scene::prepare)
        .withMessageContaining("of type Folder");
  }

  @Test
  void results_of_an_older_version_are_told_before_anything_runs() {
    report(OLDER.businessKey());

    assertThat(look(NEWER.businessKey(), "fail", Optional.empty()))
        .singleElement()
        .satisfies(p -> assertThat(p.place()).isEqualTo("index.parent"))
        .satisfies(p -> assertThat(p.text()).contains(OLDER.businessKey(), "newVersion"));
    assertThat(look(NEWER.businessKey(), NameRules.NEW_VERSION, Optional.empty())).isEmpty();
    assertThat(look(OLDER.businessKey(), "fail", Optional.empty())).isEmpty();
    assertThat(look("round-trip/syn1.2/sarek", "fail", Optional.empty())).isEmpty();
    assertThat(look("round-trip/syn12.1/rnaseq", "fail", Optional.empty())).isEmpty();
  }

  @Test
  void a_folder_in_the_place_of_the_report_is_told_before_anything_runs() {
    sandbox.seed().folder(scene.parent, IndexPlan.REPORT);

    assertThat(look(NEWER.businessKey(), NameRules.NEW_VERSION, Optional.empty()))
        .singleElement()
        .satisfies(p -> assertThat(p.text()).contains("of type Folder"));
  }

  @Test
  void a_storage_location_can_be_named_and_is_judged_before_anything_runs() {
    long ours = scene.output("a.txt", "1").index().target().storageLocationId();
    sandbox.forget();

    assertThat(look(NEWER.businessKey(), "fail", Optional.of(ours))).isEmpty();
    assertThat(look(NEWER.businessKey(), "fail", Optional.of(987_654L)))
        .singleElement()
        .satisfies(p -> assertThat(p.place()).isEqualTo("index.storageLocation"));
    assertThat(
            scene
                .storageLocation(ours)
                .claim(new Claim(OLDER.businessKey(), 2, 1))
                .index()
                .target())
        .satisfies(target -> assertThat(target.storageLocationId()).isEqualTo(ours));
    assertThat(sandbox.effects("POST /storageLocation")).isEmpty();
  }

  @Test
  void outputs_that_vanished_since_the_last_generation_are_named_and_left_alone() {
    scene.output("+a.txt", "1").output("d/b, c.txt", "2");
    IndexedFile gone = scene.index().files().get(1);
    S3Uri first = scene.work("mapping.csv");
    write(first, List.of());
    scene.claim(new Claim(OLDER.businessKey(), 3, 1)).without("d/b, c.txt").output("n.txt", "3");
    scene.index();
    S3Uri never = S3Uri.of(SynapseSandbox.BUCKET, "no/mapping.csv");

    Mapping mapping = write(scene.work("mapping.csv"), List.of(never, first));

    assertThat(mapping.vanishedCount()).isEqualTo(1);
    assertThat(mapping.vanished()).containsExactly("d/b, c.txt (" + gone.synapseId() + ")");
    assertThat(sandbox.seen(gone.synapseId()).isFile()).isTrue();
    assertThat(write(scene.work("mapping.csv"), List.of(never)).vanishedCount()).isZero();
  }

  private Mapping write(S3Uri where, List<S3Uri> earlier) {
    return sandbox
        .activities()
        .writeMapping(new WriteMapping(OLDER, scene.indexed(), where, earlier));
  }

  private void report(String businessKey) {
    String report =
        sandbox
            .seed()
            .file(
                scene.parent,
                IndexPlan.REPORT,
                "application/json",
                "{}".getBytes(StandardCharsets.UTF_8));
    sandbox.seed().annotate(report, "towpath.key", List.of(businessKey));
  }

  private List<Problem> look(String businessKey, String onCollision, Optional<Long> location) {
    return ParentCheck.of(
        new IndexParent(
            new SynapseId(scene.parent),
            "index.parent",
            businessKey,
            new NameRules("fail", onCollision),
            location,
            SynapseSandbox.BUCKET),
        sandbox.connections().get("default"));
  }
}
