package io.towpath.sandbox.seqera;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
final class ContractTest {
  private static final SeqeraOpenApi FILE = new SeqeraOpenApi();
  @AutoClose private final TestSeqera seqera = new TestSeqera(same -> same);
  private String ended = "";
  private String failed = "";

  @BeforeEach
  void launchRuns() throws IOException {
    seqera.plan(
        "^failed$",
        TestSeqera.step("RUNNING", 100),
        TestSeqera.step(
            "FAILED",
            "{\"errorMessage\":\"bad\",\"failedTasks\":[{\"name\":\"A (b)\",\"exit\":1}]}"));
    ended = seqera.launched(seqera.quick("ended").put("configText", "x = 1"));
    failed = seqera.launched(seqera.quick("failed"));
    seqera.pass(5000);
    seqera.launched(seqera.quick("submitted"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/service-info",
        "/user-info",
        "/orgs",
        "/compute-envs",
        "/compute-envs?attributes=labels",
        "/credentials",
        "/pipelines?attributes=labels,computeEnv",
        "/pipelines/info?name=towpath-demo/reads&revision=main",
        "/workflow?attributes=labels,optimized,pipelineInfo&includeTotalSize=true",
        "/workflow?attributes=minimal",
        "/workflow?max=101",
        "/workflow/random-name",
        "/workflow/validate?runName=free",
        "/labels?type=all",
        "/datasets",
        "/actions",
        "/pipeline-secrets",
        "/ga4gh/wes/v1/runs"
      })
  void lists_keep_to_the_file(String path) {
    check("GET", path.replaceFirst("\\?.*", ""), seqera.get(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/launch",
        "/progress",
        "/tasks",
        "/task/1",
        "/log",
        "/log/1",
        "/metrics",
      })
  void a_run_keeps_to_the_file_whether_it_succeeded_or_failed(String part) {
    String template = "/workflow/{workflowId}" + part.replaceFirst("\\d$", "{taskId}");
    for (String id : new String[] {ended, failed}) {
      check("GET", template, seqera.get("/workflow/" + id + part));
    }
  }

  @Test
  void details_keep_to_the_file() {
    String env = seqera.platform.seed().computeEnv();
    check(
        "GET",
        "/compute-envs/{computeEnvId}",
        seqera.get("/compute-envs/" + env + "?attributes=labels"));
    check(
        "GET", "/user/{userId}/workspaces", seqera.get("/user/" + Account.USER_ID + "/workspaces"));
    check("GET", "/orgs/{orgId}/workspaces", seqera.get("/orgs/" + Account.ORG_ID + "/workspaces"));
    String pipeline = "/pipelines/" + seqera.pipelineId;
    check("GET", "/pipelines/{pipelineId}/launch", seqera.get(pipeline + "/launch"));
    check("GET", "/pipelines/{pipelineId}/schema", seqera.get(pipeline + "/schema"));
    JsonNode launch = seqera.workflow(ended).path("launchId");
    check("GET", "/launch/{launchId}", seqera.get("/launch/" + launch.asText()));
    check(
        "GET",
        "/launch/{launchId}/datasets",
        seqera.get("/launch/" + launch.asText() + "/datasets"));
    check("GET", "/ga4gh/wes/v1/runs/{run_id}", seqera.get("/ga4gh/wes/v1/runs/" + ended));
  }

  @Test
  void what_is_created_keeps_to_the_file() {
    check("POST", "/workflow/launch", seqera.launch(seqera.quick("contract")));
    check("POST", "/labels", seqera.post("/labels", "{\"name\":\"etl\"}"));
    check("POST", "/datasets", seqera.post("/datasets", "{\"name\":\"sheet\"}"));
    check(
        "POST",
        "/pipeline-secrets",
        seqera.post("/pipeline-secrets", "{\"name\":\"TOKEN\",\"value\":\"v\"}"));
    check(
        "POST",
        "/workflow/{workflowId}/cancel",
        seqera.post("/workflow/" + ended + "/cancel", "{}"));
    check(
        "POST",
        "/workflow/delete",
        seqera.post("/workflow/delete", "{\"workflowIds\":[\"" + failed + "\"]}"));
    ObjectNode action = seqera.quick("ignored").deepCopy();
    TestSeqera.Answer made =
        seqera.post(
            "/actions", "{\"name\":\"again\",\"source\":\"tower\",\"launch\":" + action + "}");
    check("POST", "/actions", made);
    String id = made.body().path("actionId").asText();
    check(
        "POST",
        "/actions/{actionId}/launch",
        seqera.post("/actions/" + id + "/launch", "{\"params\":{}}"));
    check("GET", "/actions", seqera.get("/actions"));
    check("GET", "/labels", seqera.get("/labels"));
    check("GET", "/datasets", seqera.get("/datasets"));
  }

  private static void check(String method, String template, TestSeqera.Answer answer) {
    assertThat(FILE.problems(method.toLowerCase(Locale.ROOT), template, answer))
        .as(method + " " + template + " -> " + answer.text())
        .isEmpty();
  }
}
