package io.towpath.starter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The command holds no credentials: it sees the inside only, never the platforms. */
@AnalyzeClasses(
    packages = "io.towpath.starter",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule THE_STARTER_SEES_WORKFLOWS_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.towpath.activities..",
              "io.towpath.worker..",
              "io.towpath.sandbox..",
              "okhttp3..",
              "software.amazon..");

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("io.towpath.starter.(*)..").should().beFreeOfCycles();
}
