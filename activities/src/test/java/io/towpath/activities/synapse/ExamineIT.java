package io.towpath.activities.synapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.connections.Examined.Findings;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a doctor is told of each connection to Synapse. */
@Timeout(30)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExamineIT {
  @AutoClose private final SynapseSandbox sandbox = new SynapseSandbox();

  @Test
  void of_a_token_that_says_nothing_what_reads_is_tried_and_what_writes_is_not() {
    assertThat(examined("default"))
        .isEqualTo(new Findings("user ann (3400001)", List.of(), List.of("modify")));
    assertThat(examined("reader").missing())
        .singleElement()
        .asString()
        .startsWith("the token lacks download;");
  }

  @Test
  void a_token_that_says_what_it_allows_is_believed() {
    assertThat(examined("telling"))
        .satisfies(
            found ->
                assertThat(found.missing())
                    .singleElement()
                    .asString()
                    .startsWith("the token lacks modify;"))
        .satisfies(found -> assertThat(found.notChecked()).isEmpty());
  }

  @Test
  void a_user_who_is_not_certified_is_told_so() {
    assertThat(examined("novice").missing())
        .singleElement()
        .asString()
        .startsWith("the user is not certified");
  }

  @Test
  void a_token_that_is_refused_and_a_name_that_nobody_set_fail() {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> examined("wrong"))
        .withMessageContaining("HTTP 401")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.ACCESS_DENIED));
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> examined("nobody"))
        .withMessageContainingAll("no Synapse connection \"nobody\"", "bob, default");
  }

  private Findings examined(String connection) {
    return sandbox.connections().examine(connection);
  }
}
