package io.towpath.activities.tower;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.tower.LaunchRequest;
import io.towpath.workflows.tower.ResolvedRun;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LaunchBodyTest {
  private static final String CONFIG = "process {\n  cpus = 2 // 'two'\n}\n";

  @Test
  void what_the_request_says_for_nextflow_reaches_the_launch_unchanged() {
    JsonNode launch = LaunchBody.fresh(request(false), MissingNode.getInstance());

    assertThat(launch.path("configText").asText()).isEqualTo(CONFIG);
    assertThat(launch.path("configProfiles").toString()).isEqualTo("[\"docker\",\"test\"]");
    assertThat(launch.path("entryName").asText()).isEqualTo("OTHER_ENTRY");
    assertThat(launch.path("workspaceSecrets").toString()).isEqualTo("[\"SYNAPSE_AUTH_TOKEN\"]");
    assertThat(launch.path("preRunScript").asText()).isEqualTo("export CENTRE=1\nexport A=1");
    assertThat(launch.path("paramsText").asText()).isEqualTo("{\"gencode\":true}");
  }

  @Test
  void a_resume_leaves_its_environment_only_for_one_that_the_request_names() throws IOException {
    assertThat(resumed(false).path("computeEnvId").asText()).isEqualTo("its own");
    assertThat(resumed(true).path("computeEnvId").asText()).isEqualTo("target");
    assertThat(resumed(true).path("workDir").asText()).isEqualTo("s3://bucket/its-work");
  }

  private static JsonNode resumed(boolean moves) throws IOException {
    JsonNode launch =
        new ObjectMapper()
            .readTree(
                """
                {"id": "l1", "sessionId": "s1", "resumeCommitId": "c1",
                 "resumeDir": "s3://bucket/its-work", "computeEnv": {"id": "its own"}}
                """);
    return LaunchBody.resumed(
            request(moves), MissingNode.getInstance(), MissingNode.getInstance(), launch)
        .orElseThrow();
  }

  private static LaunchRequest request(boolean moves) {
    RunKey key = new RunKey("abcdefghijklm");
    return new LaunchRequest(
        "default",
        SeqeraStandIn.CLAIM,
        "reads",
        key,
        "reads-" + key,
        new ResolvedRun(
            1,
            "org/ws",
            SeqeraStandIn.PIPELINE,
            Optional.empty(),
            "1.0.0",
            Optional.of("c0ffee"),
            "target",
            "spot",
            "s3://bucket/work",
            "export CENTRE=1",
            List.of(),
            List.of(),
            List.of()),
        new LaunchRequest.Options(
            Map.of("gencode", true),
            List.of("docker", "test"),
            Optional.of(CONFIG),
            Optional.of("export A=1"),
            Optional.of("OTHER_ENTRY"),
            List.of("SYNAPSE_AUTH_TOKEN")),
        Optional.empty(),
        moves);
  }
}
