package io.towpath.worker.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The policies of {@code deploy/iam} allow the calls that our classes make to AWS, and no more. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class IamPoliciesTest {
  private static final String SERVICES = "software.amazon.awssdk.services.";

  /** Calls of clients that go nowhere. */
  private static final Set<String> LOCAL = Set.of("builder", "close", "serviceClientConfiguration");

  /** Of these services an operation and its action have one name, of S3 they have not. */
  private static final Map<String, String> PREFIXES =
      Map.of(
          "batch", "batch",
          "ecs", "ecs",
          "cloudwatchlogs", "logs",
          "secretsmanager", "secretsmanager",
          "ssm", "ssm");

  /** "Required permissions for Amazon S3 API operations" of S3's user guide. */
  private static final Map<String, List<String>> OF_S3 =
      Map.ofEntries(
          Map.entry("getObject", List.of("s3:GetObject")),
          Map.entry("getObjectAsBytes", List.of("s3:GetObject")),
          Map.entry("headObject", List.of("s3:GetObject")),
          Map.entry("headBucket", List.of("s3:ListBucket")),
          Map.entry("listObjectsV2", List.of("s3:ListBucket")),
          Map.entry("listObjectsV2Paginator", List.of("s3:ListBucket")),
          Map.entry("putObject", List.of("s3:PutObject")),
          Map.entry("copyObject", List.of("s3:GetObject", "s3:PutObject")),
          Map.entry("createMultipartUpload", List.of("s3:PutObject")),
          Map.entry("uploadPart", List.of("s3:PutObject")),
          Map.entry("completeMultipartUpload", List.of("s3:PutObject")),
          Map.entry("abortMultipartUpload", List.of("s3:AbortMultipartUpload")),
          Map.entry("listPartsPaginator", List.of("s3:ListMultipartUploadParts")),
          Map.entry("listMultipartUploadsPaginator", List.of("s3:ListBucketMultipartUploads")));

  /** Rights that belong to a call: roles and tags of what it makes, and the key of a secret. */
  private static final Set<String> BESIDES =
      Set.of("iam:PassRole", "batch:TagResource", "kms:Decrypt");

  /** Actions that AWS cannot restrict to one thing (its Service Authorization Reference). */
  private static final String ON_EVERYTHING =
      "batch:(Describe|List)\\w+|ecs:(Describe|Register)TaskDefinition|ecs:ListTasks";

  @Test
  void policies_allow_the_calls_that_the_code_makes_and_no_more() {
    Set<String> allowed = new TreeSet<>(actions(statements()));
    assertThat(allowed).containsAll(BESIDES);
    allowed.removeAll(BESIDES);

    assertThat(allowed).isEqualTo(called());
  }

  @Test
  void only_the_policies_of_an_executor_or_of_secrets_reach_beyond_S3() {
    List<String> beyond =
        Kit.files("iam", ".json").stream()
            .filter(
                file ->
                    actions(statementsOf(Kit.documents(file).get(0))).stream()
                        .anyMatch(action -> !action.startsWith("s3:")))
            .map(file -> file.getFileName().toString())
            .toList();

    assertThat(beyond)
        .containsExactly(
            "release-deploy-batch.json", "release-deploy-ecs.json", "worker-secrets.json");
  }

  @Test
  void every_statement_names_its_actions_and_what_they_are_allowed_on() {
    for (JsonNode statement : statements()) {
      assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
      assertThat(statement.path("Sid").asText()).matches("[A-Za-z]+");
      assertThat(texts(statement.path("Action")))
          .isNotEmpty()
          .allSatisfy(action -> assertThat(action).matches("[a-z0-9]+:[A-Z][A-Za-z0-9]+"));
      assertThat(texts(statement.path("Resource"))).isNotEmpty();
      if (texts(statement.path("Resource")).contains("*")) {
        assertThat(texts(statement.path("Action")))
            .allSatisfy(action -> assertThat(action).matches(ON_EVERYTHING));
      }
    }
  }

  private static Set<String> called() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.towpath.activities", "io.towpath.worker")
            .stream()
            .flatMap(type -> type.getMethodCallsFromSelf().stream())
            .filter(call -> client(call.getTargetOwner()))
            .filter(call -> !LOCAL.contains(call.getName()))
            .flatMap(call -> actionsOf(call).stream())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean client(JavaClass type) {
    return type.getPackageName().startsWith(SERVICES) && type.getSimpleName().endsWith("Client");
  }

  private static List<String> actionsOf(JavaCall<?> call) {
    String service = call.getTargetOwner().getPackageName().substring(SERVICES.length());
    if (service.equals("s3")) {
      assertThat(OF_S3).as("rights of a call to S3").containsKey(call.getName());
      return OF_S3.getOrDefault(call.getName(), List.of());
    }
    assertThat(PREFIXES).as("services of AWS").containsKey(service);
    String name = call.getName();
    return List.of(
        PREFIXES.get(service)
            + ":"
            + name.substring(0, 1).toUpperCase(Locale.ROOT)
            + name.substring(1));
  }

  private static List<JsonNode> statements() {
    return Kit.files("iam", ".json").stream()
        .flatMap(file -> statementsOf(Kit.documents(file).get(0)).stream())
        .toList();
  }

  private static List<JsonNode> statementsOf(JsonNode policy) {
    assertThat(policy.path("Version").asText()).isEqualTo("2012-10-17");
    return stream(policy.path("Statement")).toList();
  }

  private static Set<String> actions(List<JsonNode> statements) {
    return statements.stream()
        .flatMap(statement -> texts(statement.path("Action")).stream())
        .collect(Collectors.toSet());
  }

  private static List<String> texts(JsonNode array) {
    return stream(array).map(JsonNode::asText).toList();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
