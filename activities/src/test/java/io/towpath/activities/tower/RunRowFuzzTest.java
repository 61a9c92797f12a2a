package io.towpath.activities.tower;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.store.AnyJson;
import io.towpath.workflows.tower.RunStatus;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** What Seqera answers about a run, should it ever answer something else. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RunRowFuzzTest {
  @FuzzTest
  void any_answer_is_a_run_that_ended_only_if_it_says_so(byte[] bytes) {
    JsonNode json = AnyJson.of(bytes);
    RunRow row = RunRow.of(json);

    assertThat(row.id()).isNotNull();
    assertThat(row.runName()).isNotNull();
    if (row.status().ended() && row.status() != RunStatus.FAILED) {
      assertThat(json.path("workflow").path("status").asText()).isEqualTo(row.status().name());
    }
    row.tasks().ifPresent(tasks -> assertThat(tasks.fingerprint()).contains("/"));
  }
}
