package io.towpath.starter;

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
      new ClassFileImporter().importPackages("io.towpath.starter.bad");

  private static final Map<String, String> CULPRITS =
      Map.of(
          "the_starter_sees_workflows_only", "AsksThePlatform",
          "packages_have_no_cycles", "Platform",
          "only_the_command_itself_and_the_demo_touch_the_process", "AsksThePlatform.environment",
          "logs_go_to_slf4j", "AsksThePlatform",
          "every_package_says_what_it_is_for", "Platform");

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
