package io.towpath.workflows;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.temporal.activity.ActivityInterface;
import java.util.Set;

/** What workflow code may see. {@link ArchitectureRulesTest} shows that each rule bites. */
@AnalyzeClasses(
    packages = "io.towpath.workflows",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] ETLS = {
    "..workflows..cavatica", "..workflows..roundtrip", "..workflows..scan"
  };

  private static final String[] PORTS = {
    "..workflows..connections",
    "..workflows..drs",
    "..workflows..holder",
    "..workflows..ledger",
    "..workflows..samples",
    "..workflows..samplesheet",
    "..workflows..sevenbridges",
    "..workflows..synapse",
    "..workflows..tower",
    "..workflows..transfer"
  };

  /** Methods of the JDK that answer otherwise when a history is replayed, or end the process. */
  private static final Set<String> TELLS_TIME_OR_CHANCE =
      Set.of(
          "now",
          "currentTimeMillis",
          "nanoTime",
          "systemUTC",
          "systemDefaultZone",
          "systemDefault",
          "getDefault",
          "randomUUID",
          "random",
          "shuffle",
          "identityHashCode",
          "sleep",
          "getenv",
          "getProperty",
          "getProperties",
          "parallelStream",
          "parallel",
          "exit",
          "halt");

  /** Types of the JDK that are such an answer, or iterate in an order of chance. */
  private static final Set<String> TIME_OR_CHANCE =
      Set.of(
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.Runtime",
          "java.lang.Thread",
          "java.lang.ThreadLocal",
          "java.security.SecureRandom",
          "java.time.Clock",
          "java.util.Calendar",
          "java.util.Date",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.IdentityHashMap",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.Timer",
          "java.util.WeakHashMap");

  @ArchTest
  static final ArchRule values_and_failures_depend_on_nothing_of_ours =
      classes()
          .that()
          .resideInAnyPackage("..workflows..model", "..workflows..failure")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("..workflows..model", "..workflows..failure")
                  .or(not(resideInAPackage("io.towpath.."))));

  @ArchTest
  static final ArchRule ports_see_values_and_ports =
      classes()
          .that()
          .resideInAnyPackage(PORTS)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(PORTS)
                  .or(resideInAnyPackage("..workflows..model", "..workflows..failure"))
                  .or(not(resideInAPackage("io.towpath.."))));

  @ArchTest
  static final ArchRule nothing_shared_sees_an_etl =
      noClasses()
          .that()
          .resideOutsideOfPackages(ETLS)
          .and()
          .resideOutsideOfPackage("..workflows.hosted")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ETLS);

  @ArchTest
  static final ArchRule etls_do_not_see_each_other =
      slices()
          .matching("io.towpath.workflows..(cavatica|roundtrip|scan)")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("io.towpath.workflows.(**)").should().beFreeOfCycles();

  /** The data converter sets up the Jackson that Temporal brings, and encrypts what it brings. */
  @ArchTest
  static final ArchRule few_libraries_are_seen =
      classes()
          .that()
          .areNotAssignableTo(TowpathDataConverter.class)
          .and()
          .resideOutsideOfPackage("..workflows.payload..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.towpath.workflows..",
              "java..",
              "io.temporal..",
              "com.fasterxml.jackson.annotation..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule workflow_code_asks_neither_clock_nor_chance_nor_environment =
      noClasses()
          .should()
          .accessTargetWhere(
              describe(
                  "java.* tells time, chance or environment",
                  (JavaAccess<?> access) ->
                      access.getTargetOwner().getPackageName().startsWith("java.")
                          && TELLS_TIME_OR_CHANCE.contains(access.getTarget().getName())));

  @ArchTest
  static final ArchRule workflow_code_does_no_io_and_starts_no_threads =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..",
              "java.net..",
              "java.nio.channels..",
              "java.nio.file..",
              "java.sql..",
              "java.util.concurrent..",
              "java.util.random..");

  @ArchTest
  static final ArchRule workflow_code_holds_no_clock_no_chance_and_no_order_of_chance =
      noClasses()
          .should()
          .dependOnClassesThat(
              describe(
                  "hold time or chance, or iterate in an order of chance",
                  seen -> TIME_OR_CHANCE.contains(seen.getName())));

  @ArchTest
  static final ArchRule ports_are_interfaces_with_a_prefix =
      classes()
          .that()
          .areAnnotatedWith(ActivityInterface.class)
          .should()
          .beInterfaces()
          .andShould()
          .beAnnotatedWith(
              describe(
                  "@ActivityInterface with a prefix",
                  (JavaAnnotation<?> annotation) ->
                      annotation.getRawType().isEquivalentTo(ActivityInterface.class)
                          && annotation.get("namePrefix").filter(p -> !p.equals("")).isPresent()));
}
