package io.towpath.starter.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.starter.exit.Stop;
import io.towpath.workflows.progress.Resources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ResizedTest {
  private static final Resources MORE = new Resources(Optional.empty(), Optional.of(64));

  private static final Map<String, Object> PROCESS =
      Map.of(
          "name", "process",
          "items", Map.of("names", List.of("rna", "genes")),
          "resources", Map.of("default", Map.of("cpus", 4, "memoryGb", 8)));

  private static final Map<String, Object> REQUEST =
      Map.of("release", "r1", "steps", List.of(PROCESS, Map.of("name", "release")));

  @Test
  void an_item_gets_more_and_keeps_the_rest_of_what_it_had() {
    Map<String, Object> resized = Resized.of(REQUEST, List.of("process/rna"), MORE);

    assertThat(resized.get("release")).isEqualTo("r1");
    assertThat(size(resized, "/steps/0/resources/overrides/rna/memoryGb")).isEqualTo("64");
    assertThat(size(resized, "/steps/0/resources/overrides/rna/cpus")).isEqualTo("4");
    assertThat(Resized.of(REQUEST, List.of("rna"), MORE)).isEqualTo(resized);
  }

  @Test
  void a_step_gets_more_by_its_name() {
    Map<String, Object> resized = Resized.of(REQUEST, List.of("release", "process"), MORE);

    assertThat(size(resized, "/steps/0/resources/default/memoryGb")).isEqualTo("64");
    assertThat(size(resized, "/steps/1/resources/default/memoryGb")).isEqualTo("64");
  }

  @Test
  void a_step_that_is_none_and_a_request_without_steps_are_refused() {
    assertThatThrownBy(() -> Resized.of(REQUEST, List.of("proces/rna"), MORE))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("process, release");
    assertThatThrownBy(() -> Resized.of(REQUEST, List.of(), MORE)).isInstanceOf(Stop.class);
    assertThatThrownBy(() -> Resized.of(Map.of("runs", List.of()), List.of("a"), MORE))
        .isInstanceOf(Stop.class);
  }

  private static String size(Map<String, Object> request, String path) {
    return new ObjectMapper().valueToTree(request).at(path).toString();
  }
}
