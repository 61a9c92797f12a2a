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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
final class BatchTest {
  @TempDir private Path folder;
  private TestAws aws;

  @BeforeEach
  void serve() {
    aws = new TestAws(folder, TestAws.LAG);
    assertThat(register("tp-def", "ghcr.io/a/b:1", "").at("/revision")).isEqualTo("1");
  }

  @AfterEach
  void stop() throws IOException {
    aws.close();
  }

  private Answer register(String name, String image, String more) {
    return aws.batch(
        "registerjobdefinition",
        """
        {'jobDefinitionName':'%s','type':'container','containerProperties':{'image':'%s',
         'command':['hello','you'],'secrets':[{'name':'SECRET','valueFrom':'%s'}],
         'resourceRequirements':[{'type':'VCPU','value':'1'},{'type':'MEMORY','value':'2048'}]}%s}
        """
            .formatted(name, image, TestAws.SECRET_ARN, more));
  }

  private String submit(String name) {
    return submit(name, "tp-def", "").at("/jobId");
  }

  private Answer submit(String name, String definition, String more) {
    return aws.batch(
        "submitjob",
        "{'jobName':'%s','jobQueue':'towpath-demo','jobDefinition':'%s'%s}"
            .formatted(name, definition, more));
  }

  private JsonNode job(String id) {
    return aws.batch("describejobs", "{'jobs':['" + id + "']}").body().at("/jobs/0");
  }

  private List<String> named(String filter) {
    Answer list =
        aws.batch(
            "listjobs",
            "{'jobQueue':'towpath-demo','filters':[{'name':'JOB_NAME','values':['%s']}]}"
                .formatted(filter));
    return TestAws.texts(list.body().path("jobSummaryList"), "jobName");
  }

  @Test
  void a_simulated_job_goes_through_its_states_in_about_a_second() {
    String id = submit("tp-1");
    assertThat(job(id).path("status").asText()).isEqualTo("SUBMITTED");
    assertThat(job(id).path("container").has("logStreamName")).isFalse();

    aws.pass(Duration.ofMillis(400));
    assertThat(job(id).path("status").asText()).isEqualTo("RUNNING");
    assertThat(job(id).at("/container/logStreamName").asText()).startsWith("tp-def/default/");

    aws.pass(Duration.ofSeconds(1));
    assertThat(job(id).path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(job(id).at("/container/exitCode").asInt(-1)).isZero();
    assertThat(job(id).at("/attempts/0/container/exitCode").asInt(-1)).isZero();
  }

  @Test
  void equal_names_make_two_jobs_and_are_listed_newest_first_after_a_while() {
    String first = submit("tp-same");
    aws.pass(Duration.ofMillis(1));
    String second = submit("tp-same");
    assertThat(named("tp-same")).isEmpty();
    assertThat(job(first).path("jobName").asText()).isEqualTo("tp-same");

    aws.pass(TestAws.LAG);
    Answer list =
        aws.batch(
            "listjobs",
            "{'jobQueue':'towpath-demo','filters':[{'name':'JOB_NAME','values':['tp-same']}]}");
    assertThat(TestAws.texts(list.body(), "jobId")).containsExactly(second, first);
  }

  @Test
  void names_are_found_without_case_and_by_their_beginning() {
    submit("tp-Abc");
    submit("tp-abcd");
    aws.pass(TestAws.LAG);

    assertThat(named("TP-ABC")).containsExactly("tp-Abc");
    assertThat(named("tp-abc*")).containsExactly("tp-abcd", "tp-Abc");
    assertThat(named("tp")).isEmpty();
    assertThat(aws.batch("listjobs", "{'jobQueue':'towpath-demo'}").body().at("/jobSummaryList"))
        .isEmpty();
  }

  @Test
  void listings_come_in_pages() {
    submit("tp-1");
    submit("tp-2");
    aws.pass(TestAws.LAG);
    String body =
        "{'jobQueue':'towpath-demo','jobStatus':'SUCCEEDED','maxResults':1,'nextToken':'%s'}";

    Answer first = aws.batch("listjobs", body.formatted(""));
    Answer second = aws.batch("listjobs", body.formatted(first.at("/nextToken")));

    assertThat(first.at("/jobSummaryList/0/jobName")).isEqualTo("tp-2");
    assertThat(second.at("/jobSummaryList/0/jobName")).isEqualTo("tp-1");
    assertThat(second.body().has("nextToken")).isFalse();
  }

  @Test
  void a_job_is_forgotten_a_day_after_its_end() {
    String id = submit("tp-1");
    aws.pass(Duration.ofHours(24));
    assertThat(job(id).isMissingNode()).isFalse();

    aws.pass(Duration.ofSeconds(2));
    assertThat(job(id).isMissingNode()).isTrue();
    assertThat(named("tp-1")).isEmpty();
  }

  @Test
  void a_plan_tells_a_killed_program_from_a_lost_host() {
    aws.plan("batch", "oom", end("FAILED", "OutOfMemoryError: Container killed", 137));
    aws.plan("batch", "lost", step("RUNNING", 1), end("FAILED", "Host EC2 (instance) terminated."));
    JsonNode killed = job(submit("oom"));
    String lost = submit("lost");
    aws.pass(Duration.ofSeconds(1));

    assertThat(killed.at("/container/exitCode").asInt()).isEqualTo(137);
    assertThat(killed.at("/container/reason").asText()).startsWith("OutOfMemoryError");
    assertThat(killed.path("statusReason").asText()).startsWith("Essential container");
    assertThat(job(lost).path("container").has("exitCode")).isFalse();
    assertThat(job(lost).path("statusReason").asText()).startsWith("Host EC2");
  }

  @Test
  void cancelling_reaches_only_what_waits_and_terminating_everything() {
    aws.plan("batch", "waits", step("RUNNABLE", 0));
    aws.plan("batch", "runs", step("RUNNING", 0));
    String waits = submit("waits");
    String runs = submit("runs");
    String body = "{'jobId':'%s','reason':'not wanted'}";

    assertThat(aws.batch("canceljob", body.formatted(waits)).status()).isEqualTo(200);
    assertThat(aws.batch("canceljob", body.formatted(runs)).status()).isEqualTo(200);
    aws.pass(Duration.ofSeconds(1));
    assertThat(job(waits).path("status").asText()).isEqualTo("FAILED");
    assertThat(job(waits).path("isCancelled").asBoolean()).isTrue();
    assertThat(job(runs).path("status").asText()).isEqualTo("RUNNING");

    aws.batch("terminatejob", body.formatted(runs));
    aws.pass(Duration.ofSeconds(1));
    assertThat(job(runs).path("status").asText()).isEqualTo("FAILED");
    assertThat(job(runs).path("statusReason").asText()).isEqualTo("not wanted");
    assertThat(aws.committed())
        .extracting(Journal.Effect::route)
        .endsWith("POST /v1/canceljob", "POST /v1/terminatejob");
  }

  @Test
  void an_image_of_the_registry_really_runs() {
    register("own", TestAws.OWN_IMAGE, "");
    String id = submit("tp-own", "own:1", "").at("/jobId");

    await().until(() -> job(id).path("status").asText().equals("FAILED"));

    assertThat(job(id).at("/container/exitCode").asInt()).isEqualTo(4);
    Answer log =
        aws.call(
            "logs",
            "GetLogEvents",
            "{'logGroupName':'/aws/batch/job','logStreamName':'%s'}"
                .formatted(job(id).at("/container/logStreamName").asText()));
    assertThat(log.at("/events/0/message")).isEqualTo("hello you hidden");
  }

  @Test
  void a_job_that_no_instance_can_hold_waits_for_ever() {
    String id =
        submit(
                "large",
                "tp-def",
                ",'containerOverrides':{'resourceRequirements':[{'type':'MEMORY','value':'999999'}]}")
            .at("/jobId");
    aws.pass(Duration.ofDays(1));

    assertThat(job(id).path("status").asText()).isEqualTo("RUNNABLE");
    assertThat(job(id).path("statusReason").asText()).startsWith("MISCONFIGURATION:");
  }

  @Test
  void what_is_wrong_is_refused_as_the_clients_fault() {
    assertThat(submit("a b", "tp-def", "").status()).isEqualTo(400);
    Answer unknown = submit("tp-1", "nosuch", "");
    assertThat(unknown.headers().firstValue("x-amzn-ErrorType")).contains("ClientException");
    assertThat(unknown.at("/message")).isEqualTo("JobDefinition nosuch does not exist");
    assertThat(submit("tp-1", "tp-def", ",'timeout':{'attemptDurationSeconds':59}").status())
        .isEqualTo(400);
    assertThat(
            submit("tp-1", "tp-def", ",'parameters':{'a':'" + "x".repeat(31_000) + "'}").status())
        .isEqualTo(400);
    assertThat(register("odd", "i", ",'platformCapabilities':['FARGATE']").at("/message"))
        .contains("executionRoleArn");
    aws.batch("deregisterjobdefinition", "{'jobDefinition':'tp-def:1'}");
    assertThat(submit("tp-1", "tp-def:1", "").status()).isEqualTo(400);
  }

  @Test
  void a_definition_gets_another_revision_each_time() {
    assertThat(register("tp-def", "ghcr.io/a/b:1", "").at("/revision")).isEqualTo("2");
    Answer found =
        aws.batch("describejobdefinitions", "{'jobDefinitionName':'tp-def','status':'ACTIVE'}");
    assertThat(TestAws.texts(found.body(), "revision")).containsExactly("1", "2");
  }
}
