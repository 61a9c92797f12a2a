package io.towpath.workflows.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PipelineArgumentsTest {
  @Test
  void words_become_parameters_of_the_type_that_nextflow_gives_them() {
    assertThat(
            PipelineArguments.params(
                List.of(
                    "--input",
                    "s3://bucket/a b.csv",
                    "--depth=30",
                    "--rate",
                    "-0.5",
                    "--dry",
                    "--strict",
                    "false",
                    "--zip",
                    "02139",
                    "--empty=",
                    "--expr",
                    "a=b --c")))
        .containsExactly(
            entry("depth", 30L),
            entry("dry", true),
            entry("empty", ""),
            entry("expr", "a=b --c"),
            entry("input", "s3://bucket/a b.csv"),
            entry("rate", -0.5),
            entry("strict", false),
            entry("zip", "02139"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"adt", "-profile", "--", "--1st", "-resume", "|"})
  void what_is_no_parameter_is_named(String word) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PipelineArguments.params(List.of("--a", "b", word)))
        .withMessageContaining("\"" + word + "\" is no parameter of a pipeline");
  }
}
