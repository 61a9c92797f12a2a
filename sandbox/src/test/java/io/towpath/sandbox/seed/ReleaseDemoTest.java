package io.towpath.sandbox.seed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.Sandbox;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.sandbox.http.ApiCalls;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
final class ReleaseDemoTest {
  @TempDir private Path folder;
  private final Sandbox sandbox = Sandbox.start(SandboxOptions.forTests());
  private final ApiCalls control = api("TOWPATH_SANDBOX_CONTROL");
  private final ApiCalls engine =
      new ApiCalls(URI.create(env("DOCKER_HOST").replace("tcp:", "http:")), Map.of());
  private final JsonNode seed = control.get("/seed").body();

  private String env(String name) {
    return sandbox.env().getOrDefault(name, "");
  }

  private ApiCalls api(String name) {
    return new ApiCalls(URI.create(env(name)), Map.of());
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void every_promised_name_is_there() {
    assertThat(sandbox.env())
        .containsKeys(
            "AWS_ENDPOINT_URL_BATCH",
            "AWS_ENDPOINT_URL_ECS",
            "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS",
            "DOCKER_HOST",
            "TOWPATH_REGISTRY");
    assertThat(seed.path("release.image").asText())
        .isEqualTo(env("TOWPATH_REGISTRY") + "/towpath-demo/release:1.0.0");
    assertThat(seed.path("release.config").asText()).matches("syn\\d+");
    for (String name :
        List.of("jobQueue", "cluster", "executionRole", "subnet", "securityGroup", "secret")) {
      assertThat(seed.path("aws." + name).asText()).as(name).isNotEmpty();
    }
  }

  @Test
  void a_lost_answer_is_a_container_all_the_same() {
    engine.post("/images/create?fromImage=" + seed.path("release.image").asText(), "");
    control.post(
        "/faults",
        "{'platform':'container','route':'POST /containers/create',"
            + "'do':{'kind':'status-after-commit','code':502}}");
    String body = "{'Image':'" + seed.path("release.image").asText() + "'}";

    assertThat(engine.post("/containers/create?name=once", body).status()).isEqualTo(502);
    assertThat(engine.post("/containers/create?name=once", body).status()).isEqualTo(409);
    assertThat(control.get("/effects?platform=container").body().findValuesAsText("committed"))
        .containsExactly("true", "true", "false");
  }

  @Test
  void the_image_makes_data_files_and_a_manifest_of_them_and_repeats_nothing() throws Exception {
    String config = seed.path("release.config").asText();
    engine.post("/images/create?fromImage=" + seed.path("release.image").asText(), "");

    String all = "gene_info,rna_de_aggregate,biodomains";
    assertThat(run("process", "process", config, "--dataset", all)).isZero();
    assertThat(run("release", "release", config)).isZero();
    assertThat(stored())
        .containsExactly(
            "gene_info.json",
            "gene_info_report.json",
            "rna_de_aggregate.json",
            "rna_de_aggregate_report.json",
            "biodomains.json",
            "biodomains_report.json",
            "data_manifest.csv");

    assertThat(run("again", "process", config, "--dataset", all)).isZero();
    assertThat(stored()).hasSize(7);
  }

  /** Runs the step in a container of its own and answers its exit code. */
  private int run(String name, String... arguments) throws Exception {
    Path token = Files.writeString(folder.resolve("token"), env("SYNAPSE_AUTH_TOKEN"));
    ObjectNode body =
        JsonNodeFactory.instance.objectNode().put("Image", seed.path("release.image").asText());
    body.putArray("Env")
        .add("SYNAPSE_ENDPOINT=" + env("SYNAPSE_ENDPOINT"))
        .add("SYNAPSE_AUTH_TOKEN_FILE=" + token);
    body.putArray("Entrypoint").add("release-step");
    List.of(arguments).forEach(body.putArray("Cmd")::add);
    engine.post("/containers/create?name=" + name, body.toString());
    engine.post("/containers/" + name + "/start", "");
    return engine.post("/containers/" + name + "/wait", "").body().path("StatusCode").asInt(-1);
  }

  /** The names of the entities that were made or got another version. */
  private List<String> stored() {
    JsonNode made = control.get("/effects?platform=synapse&route=POST%20/entity").body();
    assertThat(control.get("/effects?platform=synapse&route=PUT%20/entity/%7Bid%7D").body())
        .isEmpty();
    return made.findValues("object").stream().map(object -> object.path("name").asText()).toList();
  }
}
