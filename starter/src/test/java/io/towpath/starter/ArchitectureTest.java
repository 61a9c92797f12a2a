package io.towpath.starter;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/**
 * The command holds no credentials: it sees the inside only, never the platforms. {@link
 * ArchitectureRulesTest} shows that each rule bites.
 */
@AnalyzeClasses(
    packages = "io.towpath.starter",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule the_starter_sees_workflows_only =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.towpath..activities..",
              "io.towpath..worker..",
              "io.towpath..sandbox..",
              "okhttp3..",
              "software.amazon..");

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("io.towpath.starter.(**)").should().beFreeOfCycles();

  /** The demo is a process of its own, made of others. */
  @ArchTest
  static final ArchRule only_the_command_itself_and_the_demo_touch_the_process =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Towpath.class.getName())
          .and()
          .resideOutsideOfPackage("io.towpath.starter.demo")
          .should()
          .accessTargetWhere(
              describe(
                  "reads the environment or ends the process",
                  (JavaAccess<?> access) ->
                      access.getTargetOwner().getPackageName().equals("java.lang")
                          && access.getTarget().getName().matches("getenv|exit|halt")));

  @ArchTest
  static final ArchRule logs_go_to_slf4j =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

  @ArchTest
  static final ArchRule every_package_says_what_it_is_for =
      classes()
          .should(
              have(
                  describe(
                      "a package with a package-info that is @NullMarked",
                      type ->
                          type.getPackage()
                              .tryGetPackageInfo()
                              .filter(info -> info.isAnnotatedWith(NullMarked.class))
                              .isPresent())));
}
