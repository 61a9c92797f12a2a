package io.towpath.activities.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.tower.ResolvedRun;
import io.towpath.workflows.tower.RunSpec;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(30)
class TowerResolveTest {
  @AutoClose private final SeqeraStandIn seqera = new SeqeraStandIn(Duration.ofMillis(50));

  @Test
  void a_repository_resolves_to_a_commit_and_the_primary_environment() {
    ResolvedRun run = seqera.resolved();

    assertThat(run.problems()).isEmpty();
    assertThat(run.workspaceId()).isEqualTo(seqera.workspace());
    assertThat(run.workspace()).isEqualTo(seqera.platform.seed().workspace());
    assertThat(run.pipeline()).isEqualTo(SeqeraStandIn.PIPELINE);
    assertThat(run.revision()).isEqualTo("1.0.0");
    assertThat(run.commitId().orElseThrow()).hasSize(40);
    assertThat(run.computeEnvId()).isEqualTo(seqera.platform.seed().computeEnv());
    assertThat(run.workDir()).isEqualTo("s3://bucket/work");
    assertThat(run.labelIds()).as("the cost centre is kept").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/towpath-demo/reads.git",
        "https://github.com/towpath-demo/reads/",
        "https://GitHub.com/Towpath-Demo/Reads",
        "towpath-demo/reads",
        "git@github.com:towpath-demo/reads.git"
      })
  void every_spelling_of_a_repository_is_one_pipeline(String spelling) {
    assertThat(seqera.tower.resolve(SeqeraStandIn.spec(spelling)).pipeline())
        .isEqualTo(SeqeraStandIn.PIPELINE);
  }

  @Test
  void a_launchpad_pipeline_is_known_by_name_and_by_id() {
    long id = seqera.platform.seed().pipeline("reads", "", SeqeraStandIn.PIPELINE, "1.0.0");

    ResolvedRun byName = seqera.tower.resolve(SeqeraStandIn.spec("reads"));
    ResolvedRun byId = seqera.tower.resolve(SeqeraStandIn.spec(String.valueOf(id)));

    assertThat(byName.problems()).isEmpty();
    assertThat(byName.launchId()).isPresent().isEqualTo(byId.launchId());
    assertThat(byName.pipeline()).isEqualTo(SeqeraStandIn.PIPELINE);
  }

  @Test
  void everything_that_is_wrong_is_told_at_once_with_its_place() {
    RunSpec spec =
        new RunSpec(
            "default",
            "runs[2]",
            SeqeraStandIn.PIPELINE,
            Optional.of("9.9.9"),
            false,
            Optional.of("no-such-environment"),
            Optional.empty());

    assertThat(seqera.tower.resolve(spec).problems())
        .extracting(Problem::place)
        .containsExactlyInAnyOrder("runs[2].revision", "runs[2].computeEnv");
  }

  @Test
  void an_environment_that_is_not_available_is_named_with_those_that_are() {
    RunSpec spec =
        new RunSpec(
            "default",
            "runs[0]",
            SeqeraStandIn.PIPELINE,
            Optional.of("1.0.0"),
            false,
            Optional.empty(),
            Optional.of("ondemand"));

    assertThat(seqera.tower.resolve(spec).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.text()).contains("ondemand", "demo-spot"));
  }

  @Test
  void a_branch_is_refused_unless_it_is_allowed_and_then_pinned() {
    ResolvedRun refused = seqera.tower.resolve(onBranch(false));
    ResolvedRun allowed = seqera.tower.resolve(onBranch(true));

    assertThat(refused.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.place()).isEqualTo("runs[0].revision"));
    assertThat(allowed.problems()).isEmpty();
    assertThat(allowed.revision()).isEqualTo(allowed.commitId().orElseThrow());
  }

  @Test
  void a_second_look_within_five_minutes_asks_nothing() {
    seqera.resolved();
    seqera.resetCounts();

    seqera.resolved();

    assertThat(seqera.calls()).isZero();
  }

  @Test
  void what_was_wrong_is_looked_up_again() {
    assertThat(seqera.tower.resolve(SeqeraStandIn.spec("reads")).problems()).hasSize(1);
    seqera.platform.seed().pipeline("reads", "", SeqeraStandIn.PIPELINE, "1.0.0");

    assertThat(seqera.tower.resolve(SeqeraStandIn.spec("reads")).problems()).isEmpty();
  }

  @Test
  void a_workspace_is_known_by_its_number_too() {
    ResolvedRun run =
        seqera
            .tower(Optional.of(String.valueOf(seqera.workspace())))
            .resolve(SeqeraStandIn.spec(SeqeraStandIn.PIPELINE));

    assertThat(run.workspace()).isEqualTo(seqera.platform.seed().workspace());
  }

  @Test
  void an_unknown_workspace_and_an_unknown_connection_are_rejected() {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(
            () ->
                seqera
                    .tower(Optional.of("nobody/nowhere"))
                    .resolve(SeqeraStandIn.spec(SeqeraStandIn.PIPELINE)))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED))
        .withMessageContaining(seqera.platform.seed().workspace());
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> seqera.tower.findById("other", 1, "x"))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED));
  }

  private static RunSpec onBranch(boolean allowed) {
    return new RunSpec(
        "default",
        "runs[0]",
        SeqeraStandIn.PIPELINE,
        Optional.of("main"),
        allowed,
        Optional.empty(),
        Optional.empty());
  }
}
