package io.towpath.workflows;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that matches nothing passes for ever: each one has to catch a class made to break it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ArchitectureRulesTest {
  private static final JavaClasses BAD =
      new ClassFileImporter().importPackages("io.towpath.workflows.bad");

  private static final Map<String, String> CULPRITS =
      Map.ofEntries(
          entry("values_and_failures_depend_on_nothing_of_ours", "KnowsAPort"),
          entry("ports_see_values_and_ports", "PortOfAnEtl"),
          entry("nothing_shared_sees_an_etl", "SharedButNot"),
          entry("etls_do_not_see_each_other", "ScanOfRoundTrips"),
          entry("packages_have_no_cycles", "RoundTripOfScans"),
          entry("few_libraries_are_seen", "Hazards.library"),
          entry("workflow_code_asks_neither_clock_nor_chance_nor_environment", "Hazards.time"),
          entry("workflow_code_does_no_io_and_starts_no_threads", "Hazards.executor"),
          entry("workflow_code_holds_no_clock_no_chance_and_no_order_of_chance", "Hazards.map"),
          entry("ports_are_interfaces_with_a_prefix", "PortOfAnEtl"));

  static Stream<Field> rules() {
    return Arrays.stream(ArchitectureTest.class.getDeclaredFields())
        .filter(field -> ArchRule.class.isAssignableFrom(field.getType()));
  }

  static Stream<String> hazards() {
    return BAD.get("io.towpath.workflows.bad.Hazards").getMethods().stream()
        .map(JavaMethod::getFullName)
        .map(name -> name.substring(0, name.indexOf('(') + 1))
        .filter(name -> !name.contains("lambda$"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void each_rule_catches_its_culprit(Field rule) {
    assertThat(CULPRITS).containsKey(rule.getName());
    assertThat(violations(rule))
        .anyMatch(detail -> detail.contains(CULPRITS.getOrDefault(rule.getName(), "")));
  }

  @ParameterizedTest
  @MethodSource("hazards")
  void each_hazard_to_a_replay_is_caught(String hazard) {
    assertThat(rules().flatMap(rule -> violations(rule).stream()))
        .anyMatch(detail -> detail.contains(hazard));
  }

  private static List<String> violations(Field rule) {
    try {
      return ((ArchRule) rule.get(null)).evaluate(BAD).getFailureReport().getDetails();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
