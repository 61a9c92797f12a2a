package io.towpath.worker;

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
class HouseRulesCatchTest {
  private static final JavaClasses BAD =
      new ClassFileImporter().importPackages("io.towpath.worker.bad");

  private static final Map<String, String> CULPRITS =
      Map.of(
          "only_a_main_class_reads_the_environment_or_ends_the_process", "EndsTheProcess.end",
          "the_sandbox_sees_nothing_of_ours", "SharesAType",
          "the_proof_sees_nothing_of_ours_and_nothing_of_the_sandbox", "TrustsTheSandbox",
          "the_packages_of_the_sandbox_have_no_cycles", "RunInStore",
          "a_field_is_set_by_its_constructor", "Injected.log",
          "logs_go_to_slf4j", "Injected",
          "every_package_says_what_it_is_for", "Unmarked");

  static Stream<Field> rules() {
    return Arrays.stream(HouseRulesTest.class.getDeclaredFields())
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
