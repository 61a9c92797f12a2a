package io.towpath.activities.samplesheet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.store.AnyJson;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Timeout;

/** A pipeline's schema of parameters, as its authors wrote it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
class ParamsSchemaFuzzTest {
  @FuzzTest
  void any_schema_judges_parameters_or_is_none(byte[] bytes) {
    JsonNode json = AnyJson.of(bytes);
    ProblemList problems = new ProblemList();
    try {
      new ParamsSchema(json).check("params", Map.of("input", "a.csv", "max", 3), problems);

      assertThat(problems.all()).allMatch(problem -> problem.place().startsWith("params"));
    } catch (IllegalArgumentException e) {
      assertThat(e).message().isNotBlank();
    }
  }
}
