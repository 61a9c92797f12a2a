package io.towpath.activities;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.util.Arrays;
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
      new ClassFileImporter().importPackages("io.towpath.activities.bad");

  private static final Map<String, String> CULPRITS =
      Map.ofEntries(
          entry("adapters_do_not_see_each_other", "tower.SeesSynapse"),
          entry("the_sheet_sees_no_adapter", "SheetOfTower"),
          entry("infrastructure_sees_no_adapter", "SubmitsToTower"),
          entry("http_and_config_see_nothing_of_this_module", "SeesSubmit"),
          entry("an_adapter_sees_its_own_port_only", "SeesPortOfTower"),
          entry("a_client_knows_nothing_of_temporal", "ImpatientClient"),
          entry("failures_become_those_of_temporal_in_one_package", "SpeaksTemporal.failure"),
          entry("workflow_code_stays_in_workflows", "SpeaksTemporal.workflowId"),
          entry("a_body_can_be_sent_once", "SendsTwice"),
          entry("no_body_is_made_by_okhttp", "SendsTwice.text"),
          entry("copies_are_not_left_to_the_async_clients", "CopiesAsynchronously"),
          entry("packages_have_no_cycles", "SeesPortOfTower"));

  static Stream<Field> rules() {
    return Arrays.stream(ArchitectureTest.class.getDeclaredFields())
        .filter(field -> ArchRule.class.isAssignableFrom(field.getType()));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void each_rule_catches_its_culprit(Field rule) throws IllegalAccessException {
    assertThat(CULPRITS).containsKey(rule.getName());
    assertThat(((ArchRule) rule.get(null)).evaluate(BAD).getFailureReport().getDetails())
        .anyMatch(detail -> detail.contains(CULPRITS.getOrDefault(rule.getName(), "")));
  }
}
