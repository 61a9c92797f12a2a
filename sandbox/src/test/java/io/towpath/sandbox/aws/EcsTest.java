package io.towpath.sandbox.aws;

import static io.towpath.sandbox.aws.TestAws.end;
import static io.towpath.sandbox.aws.TestAws.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.http.ApiCalls.Answer;
import java.io.IOException;
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
final class EcsTest {
  @TempDir private Path folder;
  private TestAws aws;

  @BeforeEach
  void serve() {
    aws = new TestAws(folder, Duration.ZERO);
    register("tp-fam", "ghcr.io/a/b:1");
  }

  @AfterEach
  void stop() throws IOException {
    aws.close();
  }

  private Answer register(String family, String image) {
    return aws.call(
        "ecs",
        "RegisterTaskDefinition",
        """
        {'family':'%s','requiresCompatibilities':['FARGATE'],'networkMode':'awsvpc','cpu':'1024',
         'memory':'2048','executionRoleArn':'arn:aws:iam::1:role/r','containerDefinitions':[
          {'name':'main','image':'%s','command':['hello','you'],
           'secrets':[{'name':'SECRET','valueFrom':'%s'}],
           'logConfiguration':{'logDriver':'awslogs','options':{'awslogs-group':'/tp',
            'awslogs-stream-prefix':'tp'}}}]}
        """
            .formatted(family, image, TestAws.SECRET_ARN));
  }

  private Answer run(String startedBy, String token, String more) {
    return aws.call(
        "ecs",
        "RunTask",
        """
        {'cluster':'towpath-demo','taskDefinition':'tp-fam','launchType':'FARGATE',
         'networkConfiguration':{'awsvpcConfiguration':{'subnets':['subnet-1']}},
         'startedBy':'%s','clientToken':'%s'%s}
        """
            .formatted(startedBy, token, more));
  }

  private String run(String startedBy) {
    return run(startedBy, startedBy, "").at("/tasks/0/taskArn");
  }

  private JsonNode task(String arn) {
    return describe(arn).at("/tasks/0");
  }

  private JsonNode describe(String arn) {
    return aws.call("ecs", "DescribeTasks", "{'cluster':'towpath-demo','tasks':['" + arn + "']}")
        .body();
  }

  private Answer list(String filters) {
    return aws.call("ecs", "ListTasks", "{'cluster':'towpath-demo'" + filters + "}");
  }

  @Test
  void a_simulated_task_runs_and_stops_with_its_exit_code() {
    String arn = run("tp-1");
    assertThat(task(arn).path("lastStatus").asText()).isEqualTo("PROVISIONING");
    aws.pass(Duration.ofMillis(400));
    assertThat(task(arn).path("lastStatus").asText()).isEqualTo("RUNNING");
    assertThat(list(",'startedBy':'tp-1'").at("/taskArns/0")).isEqualTo(arn);

    aws.pass(Duration.ofSeconds(1));
    assertThat(task(arn).path("lastStatus").asText()).isEqualTo("STOPPED");
    assertThat(task(arn).path("stopCode").asText()).isEqualTo("EssentialContainerExited");
    assertThat(task(arn).at("/containers/0/exitCode").asInt(-1)).isZero();
    assertThat(list(",'startedBy':'tp-1'").body().path("taskArns")).isEmpty();
    assertThat(list(",'startedBy':'tp-1','desiredStatus':'STOPPED'").at("/taskArns/0"))
        .isEqualTo(arn);
  }

  @Test
  void a_token_stands_for_its_request() {
    String arn = run("tp-1");

    assertThat(run("tp-1")).isEqualTo(arn);
    Answer other = run("tp-2", "tp-1", "");
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.at("/__type")).isEqualTo("ConflictException");
    assertThat(other.at("/resourceIds/0")).isEqualTo(arn);
    assertThat(aws.committed()).extracting(Journal.Effect::route).containsOnlyOnce("RunTask");
  }

  @Test
  void a_token_is_forgotten_after_a_day_and_a_task_an_hour_after_its_end() {
    String arn = run("tp-1");
    aws.pass(Duration.ofMinutes(61));
    assertThat(describe(arn).at("/failures/0/reason").asText()).isEqualTo("MISSING");
    assertThat(run("tp-1")).isEqualTo(arn);

    aws.pass(Duration.ofHours(23));
    assertThat(run("tp-1")).isNotEqualTo(arn);
  }

  @Test
  void without_a_token_each_call_runs_a_task() {
    assertThat(run("tp-1", "", "").at("/tasks/0/taskArn"))
        .isNotEqualTo(run("tp-1", "", "").at("/tasks/0/taskArn"));
    assertThat(list(",'startedBy':'tp-1'").body().path("taskArns")).hasSize(2);
  }

  @Test
  void what_cannot_be_placed_is_a_failure_inside_a_good_answer() {
    aws.plan("ecs", "tp-1", step("RESOURCE:MEMORY", 0));

    Answer answer = run("tp-1", "tp-1", "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("tasks")).isEmpty();
    assertThat(answer.at("/failures/0/reason")).isEqualTo("RESOURCE:MEMORY");
    assertThat(aws.committed()).extracting(Journal.Effect::route).doesNotContain("RunTask");
    assertThat(run("tp-1", "tp-1-a2", "").body().path("tasks")).hasSize(1);
  }

  @Test
  void a_task_that_was_just_run_is_missing_for_a_while() throws IOException {
    aws.close();
    aws = new TestAws(folder, TestAws.LAG);
    register("tp-fam", "ghcr.io/a/b:1");
    String arn = run("tp-1");

    assertThat(describe(arn).at("/failures/0/reason").asText()).isEqualTo("MISSING");
    aws.pass(TestAws.LAG);
    assertThat(task(arn).path("startedBy").asText()).isEqualTo("tp-1");
  }

  @Test
  void a_plan_tells_the_ways_in_which_a_task_can_end() {
    aws.plan("ecs", "oom", end("STOPPED", "OutOfMemoryError: Container killed", 137));
    aws.plan("ecs", "spot", step("RUNNING", 1), end("STOPPED", "Your Spot Task was interrupted."));
    aws.plan("ecs", "pull", step("PENDING", 1), end("STOPPED", "CannotPullContainerError: x"));
    String oom = run("oom");
    String spot = run("spot");
    String pull = run("pull");
    aws.pass(Duration.ofSeconds(1));

    assertThat(task(oom).at("/containers/0/exitCode").asInt()).isEqualTo(137);
    assertThat(task(oom).at("/containers/0/reason").asText()).startsWith("OutOfMemoryError");
    assertThat(task(spot).path("stopCode").asText()).isEqualTo("SpotInterruption");
    assertThat(task(spot).at("/containers/0").has("exitCode")).isFalse();
    assertThat(task(pull).path("stopCode").asText()).isEqualTo("TaskFailedToStart");
    assertThat(task(pull).path("stoppedReason").asText()).startsWith("CannotPullContainerError");
  }

  @Test
  void stopping_can_be_repeated_and_is_told() {
    aws.plan("ecs", "tp-1", step("RUNNING", 0));
    String arn = run("tp-1");
    String body = "{'cluster':'towpath-demo','task':'" + arn + "','reason':'not wanted'}";

    assertThat(aws.call("ecs", "StopTask", body).at("/task/desiredStatus")).isEqualTo("STOPPED");
    assertThat(aws.call("ecs", "StopTask", body).status()).isEqualTo(200);
    aws.pass(Duration.ofSeconds(1));

    assertThat(task(arn).path("lastStatus").asText()).isEqualTo("STOPPED");
    assertThat(task(arn).path("stopCode").asText()).isEqualTo("UserInitiated");
    assertThat(task(arn).path("stoppedReason").asText()).isEqualTo("not wanted");
    assertThat(aws.committed()).extracting(Journal.Effect::route).containsOnlyOnce("StopTask");
  }

  @Test
  void an_image_of_the_registry_really_runs() {
    register("tp-fam", TestAws.OWN_IMAGE);
    String arn = run("tp-own");

    await().until(() -> task(arn).path("lastStatus").asText().equals("STOPPED"));

    assertThat(task(arn).at("/containers/0/exitCode").asInt()).isEqualTo(4);
    assertThat(task(arn).at("/containers/0/imageDigest").asText()).startsWith("sha256:");
    String stream = "tp/main/" + arn.substring(arn.lastIndexOf('/') + 1);
    Answer log =
        aws.call(
            "logs",
            "GetLogEvents",
            "{'logGroupName':'/tp','logStreamName':'%s'}".formatted(stream));
    assertThat(log.at("/events/0/message")).isEqualTo("hello you hidden");
  }

  @Test
  void what_is_wrong_is_refused_by_its_name() {
    String long1 = ",'overrides':{'containerOverrides':[{'name':'main','command':['%s']}]}";
    assertThat(run("a", "a", long1.formatted("x".repeat(8200))).at("/message"))
        .contains("at most 8192");
    assertThat(run("a b", "a", "").at("/__type")).isEqualTo("InvalidParameterException");
    assertThat(run("a", "a", ",'overrides':{'memory':'9000'}").at("/message"))
        .startsWith("No Fargate configuration exists");
    assertThat(run("a", "a", ",'taskDefinition':'no'").at("/message"))
        .isEqualTo("TaskDefinition not found.");
    assertThat(aws.call("ecs", "ListTasks", "{'cluster':'no'}").at("/__type"))
        .isEqualTo("ClusterNotFoundException");
    assertThat(list(",'startedBy':'a','family':'b'").status()).isEqualTo(400);
  }
}
