package io.towpath.activities.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.connections.Examined.Findings;
import io.towpath.activities.http.PlatformException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a doctor is told of a connection to Seqera. */
@Timeout(30)
@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkspaceRightsTest {
  @AutoClose private final SeqeraStandIn seqera = new SeqeraStandIn(Duration.ofMillis(50));

  @Test
  void user_workspace_role_and_environments_are_told() {
    Findings found = examined(Optional.of(seqera.platform.seed().workspace()));

    assertThat(found.text())
        .isEqualTo(
            "user towpath-demo, workspace towpath-demo/showcase ("
                + seqera.workspace()
                + "), role owner, 1 compute environment");
    assertThat(found.missing()).isEmpty();
    assertThat(found.notChecked()).isEmpty();
  }

  @Test
  void a_role_that_launches_from_the_launchpad_alone_is_told() {
    Findings found = examined(Optional.of("towpath-demo/launch-only"));

    assertThat(found.text()).contains("role launch");
    assertThat(found.notChecked()).singleElement().asString().contains("not on the launchpad");
  }

  @Test
  void a_workspace_where_nothing_runs_and_one_that_is_not_seen_are_problems() {
    assertThat(examined(Optional.empty()).missing())
        .containsExactly("no compute environment there is AVAILABLE");
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> examined(Optional.of("towpath-demo")))
        .withMessageContainingAll("that is an organization", "towpath-demo/showcase");
  }

  private Findings examined(Optional<String> workspace) {
    return seqera.sites(workspace).examine("default");
  }
}
