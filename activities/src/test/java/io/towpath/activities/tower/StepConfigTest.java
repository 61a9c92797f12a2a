package io.towpath.activities.tower;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.workflows.containers.ContainerSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StepConfigTest {
  private static ContainerSpec spec(Map<String, String> variables) {
    return new ContainerSpec(
        StepRunsTest.IMAGE, List.of(), variables, Map.of(), 1.5, 2_048, Duration.ofHours(1));
  }

  @Test
  void nothing_in_a_variable_is_read_as_configuration() {
    String text =
        StepConfig.text(spec(Map.of("A", "it's ${x} \\ \"y\"\n}\nprocess.executor = 'local'")), "");

    assertThat(text)
        .contains("  A = 'it\\'s ${x} \\\\ \"y\"\\n}\\nprocess.executor = \\'local\\''\n")
        .doesNotContain("\nprocess.executor");
  }

  @Test
  void it_stands_behind_what_the_launchpad_sets_and_is_known_again_by_its_digest() {
    ContainerSpec spec = spec(Map.of());

    String text = StepConfig.text(spec, "process.queue = 'big'\n\n");

    assertThat(text)
        .startsWith("process.queue = 'big'\nprocess {\n")
        .contains("  cpus = 2\n", "  memory = '2048 MB'\n");
    assertThat(StepConfig.digest(text)).isEqualTo(spec.digest().value());
    assertThat(StepConfig.digest("process.queue = 'big'")).isEmpty();
  }
}
