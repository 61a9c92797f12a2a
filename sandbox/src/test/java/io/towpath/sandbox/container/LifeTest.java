package io.towpath.sandbox.container;

import static io.towpath.sandbox.container.TestContainers.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.http.ApiCalls.Answer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
final class LifeTest {
  private static final String NEVER = "0001-01-01T00:00:00Z";

  @TempDir private Path folder;
  private TestContainers engine;

  @BeforeEach
  void serve() {
    engine = new TestContainers(folder);
  }

  @AfterEach
  void stop() throws Exception {
    engine.close();
  }

  @Test
  void a_container_is_created_and_runs_only_when_started() {
    engine.shell("job", "exit 3");
    assertThat(engine.state("job").path("Status").asText()).isEqualTo("created");
    assertThat(engine.state("job").path("StartedAt").asText()).isEqualTo(NEVER);

    assertThat(engine.start("job")).isEqualTo(204);
    assertThat(engine.end("job")).isEqualTo(3);
    assertThat(engine.state("job").path("Status").asText()).isEqualTo("exited");
    assertThat(engine.state("job").path("ExitCode").asInt()).isEqualTo(3);
    assertThat(engine.state("job").path("FinishedAt").asText()).isNotEqualTo(NEVER);
  }

  @Test
  void an_exited_container_runs_again() {
    engine.shell("job", "echo once");
    engine.run("job");

    assertThat(engine.run("job").lines()).hasSize(2).allMatch(line -> line.endsWith("once"));
  }

  @Test
  void a_running_container_is_not_started_twice_and_not_removed() {
    engine.shell("job", "sleep 60");
    engine.start("job");

    assertThat(engine.start("job")).isEqualTo(304);
    assertThat(engine.api.call("DELETE", "/containers/job", "").status()).isEqualTo(409);
    assertThat(engine.api.call("DELETE", "/containers/job?force=1", "").status()).isEqualTo(204);
    assertThat(engine.api.get("/containers/job/json").status()).isEqualTo(404);
  }

  @Test
  void a_taken_name_is_a_conflict_that_names_the_holder() {
    String holder = engine.shell("job", "true");

    Answer second = engine.api.post("/containers/create?name=job", body().toString());

    assertThat(second.status()).isEqualTo(409);
    assertThat(second.at("/message")).contains("\"/job\" is already in use").contains(holder);
  }

  @Test
  void names_images_and_commands_are_checked() {
    assertThat(engine.api.post("/containers/create?name=a+b", body().toString()).at("/message"))
        .startsWith("Invalid container name (a b)");
    Answer noImage = engine.api.post("/containers/create", "{'Image':'nosuch'}");
    assertThat(noImage.status()).isEqualTo(404);
    assertThat(noImage.at("/message")).isEqualTo("No such image: nosuch:latest");
    assertThat(engine.api.post("/containers/none/start", "").at("/message"))
        .isEqualTo("No such container: none");
  }

  @Test
  void a_program_that_is_missing_leaves_the_container_created() {
    ObjectNode body = body();
    body.putArray("Cmd").add("nosuch");
    engine.create("job", body);

    Answer start = engine.api.post("/containers/job/start", "");

    assertThat(start.status()).isEqualTo(400);
    assertThat(start.at("/message")).contains("\"nosuch\": executable file not found in $PATH");
    assertThat(engine.state("job").path("Status").asText()).isEqualTo("created");
    assertThat(engine.state("job").path("ExitCode").asInt()).isEqualTo(127);
  }

  @Test
  void a_stopped_program_tells_how_it_ended() {
    engine.shell("stopped", "exec sleep 60");
    engine.start("stopped");
    assertThat(engine.api.post("/containers/stopped/stop?t=20", "").status()).isEqualTo(204);
    assertThat(engine.state("stopped").path("ExitCode").asInt()).isEqualTo(143);
    assertThat(engine.api.post("/containers/stopped/stop", "").status()).isEqualTo(304);

    engine.shell("killed", "sleep 60");
    engine.start("killed");
    assertThat(engine.api.post("/containers/killed/kill", "").status()).isEqualTo(204);
    assertThat(engine.state("killed").path("ExitCode").asInt()).isEqualTo(137);
    assertThat(engine.state("killed").path("OOMKilled").asBoolean()).isFalse();
    Answer again = engine.api.post("/containers/killed/kill", "");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.at("/message")).startsWith("Cannot kill container: killed").contains("is not");
  }

  @Test
  void what_a_stopped_program_started_ends_with_it() {
    engine.shell("family", "sleep 60 & echo $!; wait");
    engine.start("family");
    String log = "/containers/family/logs?stdout=1";
    await().until(() -> engine.api.get(log).text().endsWith("\n"));
    long child = Long.parseLong(engine.api.get(log).text().replaceAll("\\D", ""));
    assertThat(ProcessHandle.of(child)).isPresent();

    engine.api.post("/containers/family/stop", "");

    await().until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    assertThat(engine.end("family")).isEqualTo(143);
  }

  @Test
  void a_plan_says_how_a_container_goes_on() {
    engine.plan(
        "planned",
        TestContainers.step("created", Duration.ZERO),
        TestContainers.step("running", Duration.ZERO),
        new Plans.Step(
            "exited", Duration.ZERO, JsonNodeFactory.instance.objectNode().put("exitStatus", 137)));
    engine.shell("planned", "touch /tmp/never");

    assertThat(engine.start("planned")).isEqualTo(204);
    assertThat(engine.end("planned")).isEqualTo(137);
  }

  @Test
  void a_planned_container_can_be_killed() {
    engine.plan("planned", TestContainers.step("running", Duration.ZERO));
    engine.shell("planned", "true");
    engine.start("planned");
    assertThat(engine.state("planned").path("Running").asBoolean()).isTrue();

    engine.api.post("/containers/planned/kill?signal=SIGTERM", "");

    assertThat(engine.end("planned")).isEqualTo(143);
  }

  @Test
  void what_changes_something_is_in_the_journal() {
    String id = engine.shell("job", "true");
    engine.run("job");
    engine.api.call("DELETE", "/containers/job", "");

    assertThat(engine.committed())
        .extracting(Journal.Effect::route)
        .containsExactly(
            "POST /images/create",
            "POST /containers/create",
            "POST /containers/{id}/start",
            "DELETE /containers/{id}");
    assertThat(engine.committed().get(1).object())
        .contains(new Journal.Target("container", id, "job"));
  }

  @Test
  void versions_of_the_api_are_told_apart() {
    assertThat(engine.api.get("/v1.24/_ping").text()).isEqualTo("OK");
    assertThat(engine.api.get("/_ping").headers().firstValue("Api-Version")).contains("1.41");
    assertThat(engine.api.get("/v1.44/version").at("/message")).contains("1.44 is too new");
    assertThat(engine.api.get("/nosuch").at("/message")).isEqualTo("page not found");
  }
}
