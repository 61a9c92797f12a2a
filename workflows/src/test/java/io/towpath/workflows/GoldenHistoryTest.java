package io.towpath.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.workflows.cavatica.CavaticaWorkflow;
import io.towpath.workflows.release.ReleaseWorkflow;
import io.towpath.workflows.roundtrip.RoundTripWorkflow;
import io.towpath.workflows.scan.ManifestScanWorkflow;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that began under earlier code go on under this code; CONTRIBUTING.md tells what to add. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GoldenHistoryTest {
  static Stream<GoldenHistory> histories() {
    return GoldenHistory.all();
  }

  @ParameterizedTest
  @MethodSource("histories")
  void a_run_that_was_under_way_before_an_upgrade_goes_on_after_it(GoldenHistory history) {
    GoldenHistory.replays(history.events());
  }

  @Test
  void each_version_has_a_history_of_each_etl() {
    Map<String, Set<String>> types =
        histories()
            .collect(
                Collectors.groupingBy(
                    GoldenHistory::version,
                    TreeMap::new,
                    Collectors.mapping(GoldenHistory::type, Collectors.toSet())));

    assertThat(types).containsKey("0.1");
    assertThat(types.values())
        .allSatisfy(
            etls ->
                assertThat(etls)
                    .containsExactlyInAnyOrder(
                        RoundTripWorkflow.TYPE,
                        CavaticaWorkflow.TYPE,
                        ReleaseWorkflow.TYPE,
                        ManifestScanWorkflow.TYPE));
  }
}
