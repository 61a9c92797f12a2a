package io.towpath.activities;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.temporal.activity.ActivityInterface;
import io.towpath.activities.http.OneShotJson;
import okhttp3.FormBody;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;

/**
 * The imports of design.md, section 1. {@link ArchitectureRulesTest} shows that each rule bites.
 */
@AnalyzeClasses(
    packages = "io.towpath.activities",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** Adapters of one outside each. The sheet is none: it is read from whoever has it. */
  private static final String ADAPTERS =
      "io.towpath.activities..(docker|aws|kubernetes|drs|ledger|holder|sevenbridges|synapse|tower|transfer)";

  private static final String[] ADAPTERS_AND_SHEET = {
    "..activities..containers..",
    "..activities..drs",
    "..activities..ledger",
    "..activities..holder",
    "..activities..sevenbridges",
    "..activities..synapse",
    "..activities..tower",
    "..activities..transfer",
    "..activities..samples",
    "..activities..samplesheet"
  };

  @ArchTest
  static final ArchRule adapters_do_not_see_each_other =
      slices().matching(ADAPTERS).should().notDependOnEachOther();

  @ArchTest
  static final ArchRule the_sheet_sees_no_adapter =
      noClasses()
          .that()
          .resideInAnyPackage("..activities..samples", "..activities..samplesheet")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..activities..drs",
              "..activities..ledger",
              "..activities..holder",
              "..activities..sevenbridges",
              "..activities..synapse",
              "..activities..tower",
              "..activities..transfer");

  @ArchTest
  static final ArchRule infrastructure_sees_no_adapter =
      noClasses()
          .that()
          .resideOutsideOfPackages(ADAPTERS_AND_SHEET)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ADAPTERS_AND_SHEET);

  @ArchTest
  static final ArchRule http_and_config_see_nothing_of_this_module =
      classes()
          .that()
          .resideInAnyPackage("..activities..http", "..activities..config")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("..activities..http", "..activities..config")
                  .or(not(resideInAPackage("io.towpath.activities.."))));

  @ArchTest
  static final ArchRule an_adapter_sees_its_own_port_only =
      classes().should(seeNoPortOfAnotherPackage());

  @ArchTest
  static final ArchRule a_client_knows_nothing_of_temporal =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Client")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.temporal..");

  @ArchTest
  static final ArchRule failures_become_those_of_temporal_in_one_package =
      noClasses()
          .that()
          .resideOutsideOfPackage("..activities.failure")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.temporal.failure..");

  @ArchTest
  static final ArchRule workflow_code_stays_in_workflows =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.temporal.workflow..", "io.temporal.worker..");

  @ArchTest
  static final ArchRule a_body_can_be_sent_once =
      classes().that().areAssignableTo(RequestBody.class).should().be(OneShotJson.class);

  @ArchTest
  static final ArchRule no_body_is_made_by_okhttp =
      noClasses()
          .should()
          .callMethodWhere(
              describe(
                  "makes a body that OkHttp may send twice",
                  call ->
                      call.getTargetOwner().isAssignableTo(RequestBody.class)
                          && call.getName().equals("create")))
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(FormBody.class, MultipartBody.class, RequestBody.Companion.class);

  @ArchTest
  static final ArchRule copies_are_not_left_to_the_async_clients =
      noClasses()
          .should()
          .dependOnClassesThat(
              describe(
                  "are asynchronous clients of AWS, which hold whole files in memory",
                  seen ->
                      seen.getPackageName().startsWith("software.amazon.awssdk")
                          && (seen.getSimpleName().contains("AsyncClient")
                              || seen.getPackageName().contains(".transfer."))));

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("io.towpath.activities.(**)").should().beFreeOfCycles();

  private static ArchCondition<JavaClass> seeNoPortOfAnotherPackage() {
    return new ArchCondition<>("see no activity interface but that of the package's own name") {
      @Override
      public void check(JavaClass seeing, ConditionEvents events) {
        seeing.getDirectDependenciesFromSelf().stream()
            .filter(seen -> seen.getTargetClass().isAnnotatedWith(ActivityInterface.class))
            .filter(seen -> !last(seen.getTargetClass()).equals(last(seeing)))
            .forEach(
                seen -> events.add(SimpleConditionEvent.violated(seeing, seen.getDescription())));
      }
    };
  }

  private static String last(JavaClass type) {
    return type.getPackageName().substring(type.getPackageName().lastIndexOf('.') + 1);
  }
}
