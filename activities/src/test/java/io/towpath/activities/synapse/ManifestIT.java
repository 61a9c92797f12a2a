package io.towpath.activities.synapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.ManifestVersion;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.samplesheet.SheetRules;
import io.towpath.workflows.synapse.Inspection;
import io.towpath.workflows.synapse.SynapseActivities.InspectManifest;
import io.towpath.workflows.synapse.SynapseActivities.PinManifest;
import io.towpath.workflows.synapse.SynapseActivities.StoreManifest;
import io.towpath.workflows.synapse.SynapseActivities.StoredManifest;
import io.towpath.workflows.transfer.StageLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class ManifestIT {
  private SynapseSandbox sandbox;
  private String project = "";
  private String reads = "";
  private int tests;

  @BeforeAll
  void start() {
    sandbox = new SynapseSandbox();
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @BeforeEach
  void another_project() {
    project = sandbox.seed().project("project " + ++tests + " of manifests");
    reads = sandbox.seed().folder(project, "reads");
  }

  @Test
  void a_pinned_version_is_honoured_and_a_newer_one_is_told() {
    String id = file("a.txt", "old");
    sandbox.seed().newVersion(id, bytes("new!"));
    ManifestVersion sheet = sheet("s.csv", "sample,f\nx,syn://" + id + ".1.txt\ny,syn://" + id);

    Inspection seen = inspect(sheet, layout("flat"));

    assertThat(seen.problems()).isEmpty();
    assertThat(seen.warnings())
        .hasSize(2)
        .anyMatch(w -> w.contains("line 2") && w.contains("not the newest version"))
        .anyMatch(w -> w.contains("2 files are called \"a.txt\""));
    assertThat(files(sheet, layout("flat")))
        .extracting(FileRef::place, FileRef::sizeBytes)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a." + id + ".1.txt", 3L),
            org.assertj.core.groups.Tuple.tuple("a." + id + ".2.txt", 4L));
  }

  @Test
  void of_many_outdated_files_twenty_are_named_and_the_others_counted() {
    StringBuilder sheet = new StringBuilder("f\n");
    for (int i = 0; i < 23; i++) {
      String id = file("f" + i, "old");
      sandbox.seed().newVersion(id, bytes("new"));
      sheet.append("syn://").append(id).append(".1\n");
    }

    assertThat(inspect(sheet("s.csv", sheet.toString()), layout("idFolders")).warnings())
        .hasSize(21)
        .last()
        .isEqualTo("3 more files have a newer version in Synapse");
  }

  @Test
  void one_file_of_two_samples_is_fetched_once_into_the_first_samples_folder() {
    String id = file("reference.fa", "x");
    ManifestVersion sheet =
        sheet("s.csv", "f,sample_id\nsyn://" + id + ",one\nsyn://" + id + ".1,two");

    assertThat(files(sheet, layout("bySample")))
        .extracting(FileRef::place)
        .containsExactly("one/reference.fa");
  }

  @Test
  void manifests_of_the_synapse_clients_are_taken_as_they_are() {
    String id = file("a.txt", "old");
    sandbox.seed().newVersion(id, bytes("new"));
    String csv =
        "path,parentId,ID,name,versionNumber,synapseURL\n"
            + ",%s,%s,a.txt,1,https://www.synapse.org/Synapse:%s\n".formatted(reads, id, id);
    String tsv = "path\tparent\tid\tname\n/home/a.txt\t%s\t%s\ta.txt\n".formatted(reads, id);

    assertThat(files(sheet("m.csv", csv), layout("idFolders")))
        .extracting(FileRef::place)
        .containsExactly(id + ".1/a.txt");
    assertThat(files(sheet("m.tsv", tsv), layout("idFolders")))
        .extracting(FileRef::place)
        .containsExactly(id + ".2/a.txt");
  }

  @Test
  void objects_that_stay_in_place_are_looked_at() {
    sandbox.put("in place/a.txt", "x");
    String bucket = "s3://" + SynapseSandbox.BUCKET + "/";
    ManifestVersion sheet =
        sheet(
            "s.csv",
            "sample,f\na,%1$sin place/a.txt\nb,%1$sin place/\nc,%1$snowhere\nd,s3://no-such-bucket/k"
                .formatted(bucket));

    Inspection seen = inspect(sheet, layout("idFolders"));

    assertThat(seen.problems())
        .extracting(Problem::place)
        .containsExactly("line 4, column f", "line 5, column f");
    assertThat(seen.files()).isZero();
  }

  @Test
  void addresses_inside_and_ids_that_are_none_are_refused_by_cell() {
    ManifestVersion sheet =
        sheet(
            "s.csv",
            """
            f
            https://127.0.0.1/a
            https://localhost/a?token=s3cret
            https://169.254.169.254/latest
            https://[::1]/a
            https://user@host/a
            drs://host
            sbg://abc
            """);

    List<Problem> problems = inspect(sheet, layout("idFolders")).problems();

    assertThat(problems)
        .extracting(Problem::place)
        .containsExactlyInAnyOrder(
            "line 2, column f",
            "line 3, column f",
            "line 4, column f",
            "line 5, column f",
            "line 6, column f",
            "line 7, column f",
            "line 8, column f");
    assertThat(problems).noneMatch(problem -> problem.text().contains("s3cret"));
  }

  @Test
  void a_view_is_a_manifest_and_costs_no_call_per_file() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ids.add(file("reads, \"" + i + "\".fq", "content " + i));
    }
    sandbox.seed().newVersion(ids.get(3), bytes("other"));
    String view = sandbox.seed().view(project, "files", reads);
    sandbox.forget();

    ManifestVersion pinned =
        pin(view, "select name as sample, id AS fastq_1 from " + view + " where name <> 'x'");
    Inspection seen = inspect(pinned, layout("idFolders"));
    StoredManifest stored = store(pinned, layout("idFolders"));

    assertThat(pinned.key()).matches(view + "\\.q[0-9a-f]{8}");
    assertThat(seen.problems()).isEmpty();
    assertThat(seen.rows()).isEqualTo(7);
    assertThat(text(stored))
        .startsWith("sample,fastq_1\n")
        .contains("syn://" + ids.get(3) + ".2\n")
        .contains("syn://" + ids.get(6) + ".1\n");
    List<FileRef> files = sandbox.documents().readPage(stored.files().page(0), FileRef.class);
    assertThat(files).hasSize(7).allMatch(file -> file.md5().isPresent());
    assertThat(sandbox.calls("POST /entity/{id}/bundle2")).isEqualTo(1);
    assertThat(sandbox.calls("POST /fileHandle/batch")).isEqualTo(1);
    assertThat(sandbox.calls("POST /entity/{id}/table/query/async/start")).isEqualTo(1);
  }

  @Test
  void a_plan_looks_at_some_files_and_counts_the_others() {
    ManifestVersion sheet =
        sheet(
            "long.csv",
            "s,f\n1,syn://"
                + file("a", "x")
                + "\n2,syn://"
                + file("b", "x")
                + "\n3,syn://"
                + file("c", "x")
                + "\n4,syn://syn999999998\n");

    Inspection some = inspect(sheet, layout("idFolders"), 2);
    Inspection all = inspect(sheet, layout("idFolders"));

    assertThat(some.files()).isEqualTo(4);
    assertThat(some.problems()).isEmpty();
    assertThat(some.unseen()).isEqualTo(2);
    assertThat(all.unseen()).isZero();
    assertThat(all.problems()).extracting(Problem::place).containsExactly("line 5, column f");
  }

  @Test
  void a_plan_looks_at_fewer_files_of_platforms_that_take_fewer_calls() {
    ManifestVersion sheet = sheet("p.csv", "f\ndrs://h/1\ndrs://h/2\ndrs://h/3\n");

    Inspection some = inspect(sheet, layout("idFolders"), 14);

    assertThat(some.unseen()).isEqualTo(1);
    assertThat(some.problems()).hasSize(2);
  }

  @Test
  void another_result_is_another_key_and_the_same_one_is_not() {
    file("a", "x");
    String view = sandbox.seed().view(project, "files", reads);
    ManifestVersion first = pin(view, "");
    ManifestVersion again = pin(view, "");
    ManifestVersion chosen = pin(view, "select id from " + view);

    assertThat(again.key()).isEqualTo(first.key());
    assertThat(chosen.key()).isNotEqualTo(first.key());
  }

  @Test
  void a_view_that_shows_other_rows_than_were_pinned_is_refused() {
    file("a", "x");
    String view = sandbox.seed().view(project, "files", reads);
    ManifestVersion pinned = pin(view, "");
    ManifestVersion other =
        new ManifestVersion(
            pinned.id(),
            pinned.name(),
            Optional.of("0".repeat(32)),
            pinned.sizeBytes(),
            Optional.empty(),
            pinned.view());

    assertThatThrownBy(() -> inspect(other, layout("flat")))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("shows other rows");
  }

  @Test
  void a_dataset_pins_the_versions_that_it_lists() {
    String id = file("a.txt", "old");
    sandbox.seed().newVersion(id, bytes("new"));
    String dataset = sandbox.seed().dataset(project, "set", List.of(id + ".1"));

    assertThat(files(pin(dataset, ""), layout("idFolders")))
        .extracting(FileRef::place)
        .containsExactly(id + ".1/a.txt");
  }

  @Test
  void files_of_a_view_that_may_not_be_downloaded_are_all_named() {
    String open = file("a", "x");
    String closed = file("b", "y");
    String cold = file("c", "z");
    sandbox.seed().makeUndownloadable(closed);
    sandbox.seed().archive(cold);
    String view = sandbox.seed().view(project, "files", reads);

    assertThat(inspect(pin(view, ""), layout("idFolders")).problems())
        .extracting(Problem::text)
        .hasSize(2)
        .noneMatch(text -> text.contains(open))
        .anyMatch(text -> text.contains(closed))
        .anyMatch(text -> text.contains(cold) && text.contains("archived"));
  }

  @Test
  void a_query_that_is_not_of_this_view_or_makes_other_rows_is_refused() {
    file("a", "x");
    String view = sandbox.seed().view(project, "files", reads);
    for (String query :
        List.of(
            "select * from syn1",
            "select count(*) from " + view,
            "select distinct id from " + view,
            "select id from " + view + " group by id",
            "select id from " + view + " limit 5",
            "select id from " + view + "; drop",
            "select name from " + view,
            "select id, nothing from " + view,
            "delete from " + view)) {
      assertThatThrownBy(() -> pin(view, query)).as(query).isInstanceOf(PlatformException.class);
    }
    assertThatThrownBy(() -> pin(file("s.csv", "f\n"), "select * from syn1"))
        .hasMessageContaining("for views and datasets");
  }

  private String file(String name, String content) {
    return sandbox
        .seed()
        .file(
            reads, "e" + Integer.toHexString(name.hashCode()), name, "text/plain", bytes(content));
  }

  private ManifestVersion sheet(String name, String content) {
    return pin(sandbox.seed().file(project, name, "text/csv", bytes(content)), "");
  }

  private ManifestVersion pin(String id, String query) {
    return sandbox
        .activities()
        .pinManifest(
            new PinManifest(
                "default",
                new SynapseId(id),
                query.isEmpty() ? Optional.empty() : Optional.of(query)));
  }

  private Inspection inspect(ManifestVersion manifest, StageLayout layout) {
    return inspect(manifest, layout, Integer.MAX_VALUE);
  }

  private Inspection inspect(ManifestVersion manifest, StageLayout layout, int mostLooks) {
    return sandbox
        .activities()
        .inspect(
            new InspectManifest(
                "default",
                manifest,
                new SheetRules("auto", List.of()),
                layout,
                mostLooks,
                List.of()));
  }

  private StoredManifest store(ManifestVersion manifest, StageLayout layout) {
    return sandbox
        .activities()
        .storeManifest(
            new StoreManifest(
                SynapseSandbox.CLAIM,
                "default",
                manifest,
                new SheetRules("auto", List.of()),
                layout,
                S3Uri.of(SynapseSandbox.BUCKET, "manifest work/" + tests + "/")));
  }

  private List<FileRef> files(ManifestVersion manifest, StageLayout layout) {
    return sandbox.documents().readPage(store(manifest, layout).files().page(0), FileRef.class);
  }

  private String text(StoredManifest stored) {
    return new String(sandbox.documents().read(stored.sheet()), StandardCharsets.UTF_8);
  }

  private static StageLayout layout(String layout) {
    return new StageLayout(S3Uri.of(SynapseSandbox.BUCKET, "staged/"), layout, List.of());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
