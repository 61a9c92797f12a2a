package io.towpath.workflows;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.temporal.activity.ActivityInterface;
import java.util.Set;

@AnalyzeClasses(
    packages = "io.towpath.workflows",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Set<String> TELLS_TIME_OR_CHANCE =
      Set.of(
          "now",
          "currentTimeMillis",
          "nanoTime",
          "randomUUID",
          "random",
          "sleep",
          "getenv",
          "getProperty",
          "parallelStream");

  @ArchTest
  static final ArchRule values_and_failures_depend_on_nothing_of_ours =
      classes()
          .that()
          .resideInAnyPackage("..workflows.model..", "..workflows.failure..")
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage("io.towpath.workflows.model")
                  .or(resideInAPackage("io.towpath.workflows.failure"))
                  .or(DescribedPredicate.not(resideInAPackage("io.towpath.."))));

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("io.towpath.workflows.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule workflow_code_asks_neither_clock_nor_chance_nor_environment =
      noClasses()
          .should()
          .callMethodWhere(
              new DescribedPredicate<JavaCall<?>>("java.* tells time, chance or environment") {
                @Override
                public boolean test(JavaCall<?> call) {
                  return call.getTargetOwner().getPackageName().startsWith("java.")
                      && TELLS_TIME_OR_CHANCE.contains(call.getName());
                }
              });

  @ArchTest
  static final ArchRule workflow_code_does_no_io_and_starts_no_threads =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..", "java.net..", "java.nio.file..", "java.util.concurrent..", "java.sql..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.Thread")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.HashMap")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.HashSet");

  @ArchTest
  static final ArchRule ports_are_interfaces_with_a_prefix =
      classes().that().areAnnotatedWith(ActivityInterface.class).should().beInterfaces();
}
