package io.towpath.activities.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.store.AnyJson;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** What Seven Bridges answers, and the CWL that its apps are written in. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnswersFuzzTest {
  @FuzzTest
  void any_answer_can_be_taken_for_a_task_a_file_and_a_refusal(byte[] bytes) {
    JsonNode json = AnyJson.of(bytes);
    TaskRow task = TaskRow.of(json);
    ProjectFile file = ProjectFile.of(json);
    BulkError error = BulkError.of(json);

    assertThat(task.phase()).isNotNull();
    assertThat(task.errors()).doesNotContainNull();
    assertThat(file.words()).isNotBlank();
    assertThat(error.words()).hasSizeLessThan(400).doesNotContain("\n");
  }

  @FuzzTest
  void any_app_suggests_files_that_can_be_copied_or_none(byte[] bytes) {
    JsonNode json = AnyJson.of(bytes);
    SuggestedFiles suggested = SuggestedFiles.of(json);

    assertThat(suggested.fileIds()).doesNotContainNull().doesNotHaveDuplicates();
    assertThat(suggested.values(Map.of()).keySet()).isSubsetOf(suggested.byInput().keySet());
    assertThat(suggested.notFiles()).isSubsetOf(suggested.byInput().keySet());
  }
}
