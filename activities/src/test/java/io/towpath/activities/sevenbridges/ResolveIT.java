package io.towpath.activities.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.sevenbridges.ResolvedTarget;
import io.towpath.workflows.sevenbridges.TargetSpec;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class ResolveIT {
  private final SevenBridgesSandbox sandbox = new SevenBridgesSandbox();
  private final String project = sandbox.seed.project("lab");
  private final String published = sandbox.seed.publicProject("apps-publisher");
  private final String readOnly =
      sandbox.seed.volume("ro", SevenBridgesSandbox.BUCKET, "reads", false);
  private final String readWrite =
      sandbox.seed.volume("rw", SevenBridgesSandbox.BUCKET, "out", true);
  private final String app = app();

  private String app() {
    String id = sandbox.seed.app(published, "tool", Apps.withInputs("[]"));
    return sandbox.seed.app(
        published, id.substring(id.lastIndexOf('/') + 1), Apps.withInputs("[]"));
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @Test
  void names_become_what_the_platform_uses() {
    ResolvedTarget target = resolve(spec(project, app, Optional.empty()));

    assertThat(target.problems()).isEmpty();
    assertThat(target.projectExists()).isTrue();
    assertThat(target.app()).isEqualTo(app + "/1");
    assertThat(target.importVolume())
        .contains(new ResolvedTarget.Volume(readOnly, SevenBridgesSandbox.BUCKET, "reads", false));
    assertThat(target.exportVolume().orElseThrow().writable()).isTrue();
  }

  @Test
  void an_older_revision_is_taken_when_it_is_asked_for() {
    assertThat(resolve(spec(project, app, Optional.of(0))).app()).isEqualTo(app + "/0");
  }

  @Test
  void everything_that_is_missing_is_told_at_once_with_the_right_that_is_needed() {
    sandbox.forget();

    ResolvedTarget target =
        resolve(
            new TargetSpec(
                "default",
                sandbox.seed.foreignProject("theirs"),
                false,
                Optional.empty(),
                app,
                Optional.of(7),
                true,
                false,
                "ann/nothing",
                Optional.of(readOnly)));

    assertThat(target.problems())
        .extracting(Problem::place)
        .containsExactly("project", "app.revision", "import.volume", "collate.export.volume");
    assertThat(target.problems())
        .extracting(Problem::text)
        .satisfiesExactly(
            text -> assertThat(text).contains("user ann may not read", "read, write, execute"),
            text -> assertThat(text).contains(app + "/7", "its newest revision is 1"),
            text -> assertThat(text).contains("ann/nothing", "attach the bucket"),
            text -> assertThat(text).contains("RO", "access mode RW"));
    assertThat(sandbox.effects()).isEmpty();
  }

  @Test
  void a_missing_project_may_be_created_with_a_billing_group() {
    assertThat(problem(spec("ann/new", false, "")))
        .contains("create it, or set createProject: true and billingGroup");
    assertThat(problem(spec("ann/new", true, "")))
        .contains("needs the name or id of a billing group", "towpath-dev");
    assertThat(problem(spec("ann/new", true, "nobodys")))
        .contains("no billing group \"nobodys\"", sandbox.seed.billingGroup());

    ResolvedTarget byName = resolve(spec("ann/new", true, "towpath-dev"));

    assertThat(byName.problems()).isEmpty();
    assertThat(byName.projectExists()).isFalse();
    assertThat(byName.billingGroup()).contains(sandbox.seed.billingGroup());
    assertThat(resolve(spec("ann/new", true, sandbox.seed.billingGroup())).billingGroup())
        .contains(sandbox.seed.billingGroup());
  }

  @Test
  void a_project_that_would_get_another_id_is_not_promised() {
    assertThat(problem(spec("bob/new", true, "towpath-dev"))).contains("ann/new", "let bob create");
    assertThat(problem(spec("ann/New Lab", true, "towpath-dev"))).contains("lower-case");
    assertThat(problem(spec("new", true, "towpath-dev"))).contains("owner/project");
  }

  @Test
  void an_app_that_suggests_a_file_nobody_may_copy_is_a_problem() {
    String secret =
        sandbox.seed.file(
            sandbox.seed.foreignProject("secret"),
            "genome.fa",
            "ACGT".getBytes(StandardCharsets.UTF_8));
    String suggesting =
        sandbox.seed.app(
            published,
            "suggesting",
            Apps.withInputs(
                """
                [{'id':'genome','type':'File',
                  'sbg:suggestedValue':{'class':'File','path':'%s','name':'genome.fa'}},
                 {'id':'index','type':'Directory?',
                  'sbg:suggestedValue':{'class':'Directory','path':'5f0000000000000000000001'}}]
                """
                    .formatted(secret)));

    ResolvedTarget target = resolve(spec(project, suggesting, Optional.empty()));

    assertThat(target.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.place()).isEqualTo("app.suggestedFiles"))
        .satisfies(problem -> assertThat(problem.text()).contains(secret, "5001"));
    assertThat(target.warnings()).singleElement().asString().contains("index");
  }

  @Test
  void a_volume_that_was_deactivated_is_a_problem() {
    String idle = sandbox.seed.volume("idle", SevenBridgesSandbox.BUCKET, "", false);
    deactivate(idle);

    assertThat(
            resolve(
                    new TargetSpec(
                        "default",
                        project,
                        false,
                        Optional.empty(),
                        app,
                        Optional.empty(),
                        true,
                        false,
                        idle,
                        Optional.empty()))
                .problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.text()).contains("not active"));
  }

  @Test
  void a_token_that_is_not_taken_fails_at_once() {
    TargetSpec spec = spec(project, app, Optional.empty());
    TargetSpec wrong =
        new TargetSpec(
            "wrong",
            spec.project(),
            false,
            Optional.empty(),
            spec.app(),
            Optional.empty(),
            true,
            false,
            spec.importVolume(),
            Optional.empty());

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> resolve(wrong))
        .withMessageContaining("401")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.ACCESS_DENIED));
  }

  @Test
  void who_we_are_and_what_is_left_is_told() {
    assertThat(sandbox.accounts().examine("default").text())
        .contains("user ann", "of 1000 calls left");
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> sandbox.accounts().examine("unknown"))
        .withMessageContaining("it has [default, wrong]");
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> sandbox.accounts().examine("wrong"))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.ACCESS_DENIED));
  }

  private void deactivate(String volume) {
    SevenBridgesApi api = sandbox.api();
    api.patch(api.in("storage/volumes", volume), SevenBridgesSandbox.object("{'active':false}"));
  }

  private String problem(TargetSpec spec) {
    ResolvedTarget target = resolve(spec);
    assertThat(target.problems()).hasSize(1);
    return target.problems().get(0).text();
  }

  private ResolvedTarget resolve(TargetSpec spec) {
    return sandbox.activities().resolve(spec);
  }

  private TargetSpec spec(String inProject, boolean create, String billingGroup) {
    return new TargetSpec(
        "default",
        inProject,
        create,
        Optional.of(billingGroup).filter(name -> !name.isEmpty()),
        app,
        Optional.empty(),
        true,
        true,
        readOnly,
        Optional.empty());
  }

  private TargetSpec spec(String inProject, String ofApp, Optional<Integer> revision) {
    return new TargetSpec(
        "default",
        inProject,
        false,
        Optional.empty(),
        ofApp,
        revision,
        true,
        true,
        readOnly,
        Optional.of(readWrite));
  }
}
