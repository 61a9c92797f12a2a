package io.towpath.activities.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.PrepareProject;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.PreparedProject;
import io.towpath.workflows.sevenbridges.TargetSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class PrepareIT {
  static final String COPY_FILE = "POST /files/{id}/actions/copy";
  static final String COPY_APP = "POST /apps/{id}/{revision}/actions/copy";
  static final String CREATE = "POST /projects";

  private final SevenBridgesSandbox sandbox = new SevenBridgesSandbox();
  private int number;
  private String published = "";
  private String genome = "";
  private String app = "";
  private String volume = "";

  @BeforeEach
  void beginAnew() {
    number++;
    published = sandbox.seed.publicProject("publisher-" + number);
    genome = file("genome.fa", "ACGT");
    String index = file("genome.fa.fai", "4");
    app =
        sandbox.seed.app(
            published,
            "tool",
            Apps.withInputs(
                """
                [{'id':'#genome','type':'File','sbg:suggestedValue':{'class':'File','path':'%s',
                  'secondaryFiles':[{'class':'File','path':'%s'}]}},
                 {'id':'panels','type':'File[]','sbg:suggestedValue':[{'class':'File','path':'%s'}]},
                 {'id':'reads','type':'File[]'}]
                """
                    .formatted(genome, index, file("panel.bed", "chr1"))));
    volume = sandbox.seed.volume("v" + number, SevenBridgesSandbox.BUCKET, "reads", false);
    sandbox.forget();
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @Test
  void a_project_is_made_with_the_app_and_the_files_that_it_suggests() {
    PreparedProject prepared = prepare(create("new-" + number), 1);

    assertThat(prepared.createdProject()).isTrue();
    assertThat(prepared.app()).isEqualTo("ann/new-" + number + "/tool-r0/0");
    assertThat(prepared.appId()).isEqualTo("ann/new-" + number + "/tool-r0");
    assertThat(prepared.copiedFiles()).isEqualTo(3);
    List<ProjectFile> copies = references("ann/new-" + number);
    assertThat(copies)
        .extracting(ProjectFile::name)
        .containsExactlyInAnyOrder("genome.fa", "genome.fa.fai", "panel.bed");
    assertThat(prepared.references())
        .isEqualTo(
            Map.of(
                "genome",
                Map.of("class", "File", "path", named(copies, "genome.fa")),
                "panels",
                List.of(Map.of("class", "File", "path", named(copies, "panel.bed")))));
  }

  @Test
  void preparing_again_changes_nothing() {
    TargetSpec spec = create("new-" + number);
    PreparedProject first = prepare(spec, 1);
    sandbox.forget();

    PreparedProject again = prepare(spec, 1);

    assertThat(sandbox.effects()).isEmpty();
    assertThat(again.app()).isEqualTo(first.app());
    assertThat(again.references()).isEqualTo(first.references());
    assertThat(again.createdProject()).isTrue();
    assertThat(again.copiedFiles()).isZero();
  }

  @Test
  void another_sheet_takes_what_is_there() {
    String project = sandbox.seed.project("lab-" + number);
    prepare(existing(project), 1);
    sandbox.forget();

    PreparedProject other = prepare(existing(project), 2);

    assertThat(sandbox.effects()).isEmpty();
    assertThat(other.createdProject()).isFalse();
  }

  @Test
  void each_revision_has_a_copy_of_its_own() {
    String project = sandbox.seed.project("lab-" + number);
    prepare(existing(project), 1);
    sandbox.seed.app(published, "tool", Apps.withInputs("[]"));

    PreparedProject next = prepare(existing(project), 1);

    assertThat(next.app()).isEqualTo(project + "/tool-r1/0");
  }

  @Test
  void a_copy_that_people_went_on_with_is_taken_as_it_was_copied() {
    String project = sandbox.seed.project("lab-" + number);
    PreparedProject first = prepare(existing(project), 1);
    sandbox.seed.app(project, "tool-r0", Apps.withInputs("[{'id':'more','type':'int'}]"));

    assertThat(prepare(existing(project), 1).app()).isEqualTo(first.app());
  }

  @Test
  void another_app_of_that_name_is_not_taken_for_the_copy() {
    String project = sandbox.seed.project("lab-" + number);
    sandbox.seed.app(project, "tool-r0", Apps.withInputs("[{'id':'other','type':'int'}]"));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> prepare(existing(project), 1))
        .withMessageContaining("no copy of " + app + "/0")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED));
    assertThat(sandbox.effects()).isEmpty();
  }

  @Test
  void another_file_of_a_suggested_ones_name_is_neither_taken_nor_doubled() {
    String project = sandbox.seed.project("lab-" + number);
    String root = sandbox.client().project(project).orElseThrow().path("root_folder").asText();
    JsonNode folder = sandbox.client().createFolder(root, ReferenceCopies.FOLDER);
    String other =
        sandbox.seed.file(project, "genome.fa", "another genome".getBytes(StandardCharsets.UTF_8));
    sandbox.client().copyFile(other, folder.path("id").asText(), "genome.fa");
    sandbox.forget();

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> prepare(existing(project), 1))
        .withMessageContaining("references/genome.fa")
        .withMessageContaining("14 bytes");
    assertThat(sandbox.effects(COPY_FILE)).isEmpty();
  }

  @Test
  void an_app_of_the_project_itself_and_its_files_are_not_copied() {
    String project = sandbox.seed.project("lab-" + number);
    String own = sandbox.seed.file(project, "own.fa", "ACGT".getBytes(StandardCharsets.UTF_8));
    app =
        sandbox.seed.app(
            project,
            "own",
            Apps.withInputs(
                "[{'id':'g','type':'File','sbg:suggestedValue':{'class':'File','path':'%s'}}]"
                    .formatted(own)));

    PreparedProject prepared = prepare(existing(project), 1);

    assertThat(prepared.app()).isEqualTo(app + "/0");
    assertThat(prepared.references()).isEqualTo(Map.of("g", Map.of("class", "File", "path", own)));
    assertThat(sandbox.effects()).isEmpty();
  }

  @Test
  void a_project_that_got_another_id_is_neither_used_nor_made_again() {
    String name = "new-" + number;
    PrepareProject request = request(create(name), 1);
    sandbox.client().createProject(body(name + " b", new ProjectEffect(sandbox.client(), request)));
    sandbox.forget();

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> sandbox.activities().prepareProject(request))
        .withMessageContaining("made the project ann/" + name + "-b")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED));
    assertThat(sandbox.effects()).isEmpty();
  }

  private ObjectNode body(String name, ProjectEffect effect) {
    return SevenBridgesSandbox.object(
        "{'name':'%s','billing_group':'%s','description':'[etl:%s]'}"
            .formatted(name, sandbox.seed.billingGroup(), effect.key()));
  }

  private PreparedProject prepare(TargetSpec spec, int sheet) {
    return sandbox.activities().prepareProject(request(spec, sheet));
  }

  private PrepareProject request(TargetSpec spec, int sheet) {
    Claim claim = new Claim("cavatica-drs/" + spec.project() + "/syn" + sheet + ".1/tool", 1, 1);
    return new PrepareProject(claim, spec, sandbox.activities().resolve(spec), spec.project());
  }

  private TargetSpec create(String name) {
    return spec("ann/" + name, true);
  }

  private TargetSpec existing(String project) {
    return spec(project, false);
  }

  private TargetSpec spec(String project, boolean create) {
    return new TargetSpec(
        "default",
        project,
        create,
        Optional.of("towpath-dev"),
        app,
        Optional.empty(),
        true,
        true,
        volume,
        Optional.empty());
  }

  private String file(String name, String content) {
    return sandbox.seed.file(published, name, content.getBytes(StandardCharsets.UTF_8));
  }

  private List<ProjectFile> references(String project) {
    String root = sandbox.client().project(project).orElseThrow().path("root_folder").asText();
    String folder =
        Optional.ofNullable(
                new NamedFiles(sandbox.client(), () -> {})
                    .in(root, List.of(ReferenceCopies.FOLDER))
                    .get(ReferenceCopies.FOLDER))
            .orElseThrow()
            .id();
    return Page.all(offset -> sandbox.client().files(folder, List.of(), offset)).stream()
        .map(ProjectFile::of)
        .toList();
  }

  private static String named(List<ProjectFile> files, String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst().orElseThrow().id();
  }
}
