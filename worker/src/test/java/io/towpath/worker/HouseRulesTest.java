package io.towpath.worker;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/**
 * What holds in all of our code. Who touches the process is a rule of its own in the starter, whose
 * command and demo are processes.
 */
@AnalyzeClasses(packages = "io.towpath", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
  @ArchTest
  static final ArchRule only_a_main_class_reads_the_environment_or_ends_the_process =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Main")
          .and()
          .resideOutsideOfPackage("io.towpath.starter..")
          .should()
          .accessTargetWhere(
              describe(
                  "reads the environment or ends the process",
                  (JavaAccess<?> access) ->
                      access.getTargetOwner().getPackageName().equals("java.lang")
                          && access.getTarget().getName().matches("getenv|exit|halt")));

  @ArchTest
  static final ArchRule the_sandbox_sees_nothing_of_ours =
      noClasses()
          .that()
          .resideInAPackage("io.towpath..sandbox..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.towpath.workflows..", "io.towpath.activities..", "io.towpath.worker..");

  /** What judges our work must not be wrong in the same way. */
  @ArchTest
  static final ArchRule the_proof_sees_nothing_of_ours_and_nothing_of_the_sandbox =
      noClasses()
          .that()
          .resideInAPackage("io.towpath..proof..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.towpath.workflows..",
              "io.towpath.activities..",
              "io.towpath.worker..",
              "io.towpath.starter..",
              "io.towpath.sandbox..");

  @ArchTest
  static final ArchRule the_packages_of_the_sandbox_have_no_cycles =
      slices().matching("io.towpath..sandbox.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule a_field_is_set_by_its_constructor =
      fields()
          .should()
          .notBeAnnotatedWith(
              describe(
                  "an annotation that injects",
                  annotation ->
                      annotation
                          .getRawType()
                          .getSimpleName()
                          .matches("Inject|Autowired|Resource")));

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
