package io.towpath.worker.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The manifests against the models of Kubernetes' API, and against what the worker does. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KubernetesTest {
  /** Refuses fields that the model has not; fabric8's own reader keeps them aside. */
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated any) {
                  return Boolean.FALSE;
                }
              });

  @Test
  void every_object_has_only_fields_that_kubernetes_knows() throws Exception {
    KubernetesSerialization types = new KubernetesSerialization();
    for (JsonNode object : objects().toList()) {
      HasMetadata typed = types.unmarshal(object.toString());
      assertThat(typed).as("%s", object).isNotInstanceOf(GenericKubernetesResource.class);
      assertThat(STRICT.treeToValue(object, typed.getClass())).isEqualTo(typed);
    }
  }

  @Test
  void a_field_that_kubernetes_does_not_know_is_noticed() {
    ObjectNode worker = Kit.document("kubernetes/base/worker.yaml").deepCopy();
    ((ObjectNode) worker.at("/spec/template/spec/containers/0")).put("readyProbe", "x");

    assertThatThrownBy(() -> STRICT.treeToValue(worker, Deployment.class))
        .hasMessageContaining("readyProbe");
  }

  @Test
  void the_worker_runs_with_no_rights_and_time_to_drain() throws Exception {
    PodSpec pod =
        STRICT
            .treeToValue(Kit.document("kubernetes/base/worker.yaml"), Deployment.class)
            .getSpec()
            .getTemplate()
            .getSpec();
    Container worker = pod.getContainers().get(0);

    assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(60);
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(worker.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(worker.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(worker.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/livez");
    assertThat(worker.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
  }

  @Test
  void the_overlay_of_the_worker_controller_makes_what_its_schema_takes() throws Exception {
    JsonNode made =
        JsonPatch.apply(
            Kit.document("kubernetes/versioned/worker-deployment.yaml"),
            Kit.document("kubernetes/base/worker.yaml"));

    assertThat(made.path("kind").asText()).isEqualTo("WorkerDeployment");
    assertThat(problems("worker-deployment", made)).isEmpty();
    assertThat(STRICT.treeToValue(made.at("/spec/template"), PodTemplateSpec.class).getSpec())
        .isNotNull();
    assertThat(problems("connection", Kit.document("kubernetes/versioned/connection.yaml")))
        .isEmpty();
    ((ObjectNode) made.path("spec")).put("selector", "a Deployment's").remove("rollout");
    assertThat(problems("worker-deployment", made)).hasSize(2);
  }

  /** All but what only kustomize reads, and what only the worker controller has. */
  private static Stream<JsonNode> objects() {
    return Kit.files("kubernetes", ".yaml").stream()
        .filter(file -> !ofItsOwn(file))
        .flatMap(file -> Kit.documents(file).stream());
  }

  private static boolean ofItsOwn(Path file) {
    return file.endsWith("kustomization.yaml")
        || Objects.requireNonNull(file.getParent()).endsWith(Path.of("kubernetes", "versioned"));
  }

  private static List<String> problems(String crd, JsonNode object) throws Exception {
    try (InputStream in =
        Objects.requireNonNull(
            KubernetesTest.class.getResourceAsStream("/crds/" + crd + ".yaml"))) {
      JsonNode schema = Kit.YAML.readTree(in);
      closed(schema);
      Schema read =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
              .getSchema(schema.toString(), InputFormat.JSON);
      return read.validate(object.toString(), InputFormat.JSON).stream()
          .map(problem -> problem.getInstanceLocation() + ": " + problem.getMessage())
          .toList();
    }
  }

  /** A server in strict mode takes no field that a schema has not. */
  private static void closed(JsonNode schema) {
    if (schema instanceof ObjectNode object && object.has("properties")) {
      object.put("additionalProperties", false);
    }
    schema.forEach(KubernetesTest::closed);
  }
}
