package io.towpath.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.sandbox.http.ApiCalls.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
final class AccountTest {
  private static final AwsSettings.Keys WRONG =
      new AwsSettings.Keys("KEYOFTHETEST00000000", "another-secret", TestAws.REGION);

  @TempDir private Path folder;
  private TestAws aws;

  @BeforeEach
  void serve() {
    aws = new TestAws(folder, Duration.ZERO);
  }

  @AfterEach
  void stop() throws IOException {
    aws.close();
  }

  @Test
  void a_call_without_a_signature_is_refused_in_the_service_s_own_form() {
    Answer batch = aws.unsigned("batch", "/v1/listjobs", "{}");
    assertThat(batch.status()).isEqualTo(403);
    assertThat(batch.headers().firstValue("x-amzn-ErrorType"))
        .contains("MissingAuthenticationTokenException");
  }

  @Test
  void a_signature_by_another_key_is_refused() {
    Answer batch = aws.call("batch", "/v1/describejobqueues", "{}", WRONG);
    assertThat(batch.status()).isEqualTo(403);
    assertThat(batch.headers().firstValue("x-amzn-ErrorType"))
        .contains("InvalidSignatureException");
    AwsSettings.Keys nobody = new AwsSettings.Keys("NOBODY", "secret", TestAws.REGION);
    Answer ecs = aws.call("ecs", "ListTasks", "{}", nobody);
    assertThat(ecs.status()).isEqualTo(400);
    assertThat(ecs.at("/__type")).isEqualTo("UnrecognizedClientException");
    AwsSettings.Keys elsewhere =
        new AwsSettings.Keys("KEYOFTHETEST00000000", "secret-of-the-test-0123456789", "eu-west-1");
    assertThat(aws.call("ecs", "ListTasks", "{}", elsewhere).at("/message"))
        .contains("valid region");
  }

  @Test
  void the_queue_and_the_cluster_are_there() {
    assertThat(
            aws.batch("describejobqueues", "{'jobQueues':['towpath-demo']}")
                .at("/jobQueues/0/state"))
        .isEqualTo("ENABLED");
    Answer clusters = aws.call("ecs", "DescribeClusters", "{'clusters':['towpath-demo','other']}");
    assertThat(clusters.at("/clusters/0/status")).isEqualTo("ACTIVE");
    assertThat(clusters.at("/failures/0/reason")).isEqualTo("MISSING");
  }

  @Test
  void an_operation_that_is_not_known_is_named_so() {
    assertThat(aws.call("ecs", "NoSuch", "{}").at("/__type"))
        .isEqualTo("UnknownOperationException");
    assertThat(aws.batch("nosuch", "{}").status()).isEqualTo(404);
  }

  @Test
  void a_bucket_lets_a_burst_through_and_then_so_many_a_second() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    TokenBucket bucket = new TokenBucket(2, 1, now::get);

    assertThat(bucket.take()).isTrue();
    assertThat(bucket.take()).isTrue();
    assertThat(bucket.take()).isFalse();
    now.set(Instant.EPOCH.plusSeconds(1));
    assertThat(bucket.take()).isTrue();
    assertThat(bucket.take()).isFalse();
  }

  @Test
  void logs_are_read_from_either_end_and_the_end_gives_the_same_token() {
    Answer none = events("'startFromHead':true");
    assertThat(none.at("/__type")).isEqualTo("ResourceNotFoundException");
    aws.batch(
        "registerjobdefinition",
        "{'jobDefinitionName':'d','type':'container','containerProperties':{'image':'i','command':['a'],"
            + "'resourceRequirements':[{'type':'VCPU','value':'1'},{'type':'MEMORY','value':'8'}]}}");
    String id =
        aws.batch("submitjob", "{'jobName':'j','jobQueue':'towpath-demo','jobDefinition':'d'}")
            .at("/jobId");
    aws.pass(Duration.ofSeconds(1));
    String stream =
        aws.batch("describejobs", "{'jobs':['" + id + "']}").at("/jobs/0/container/logStreamName");

    Answer first = events("'logStreamName':'" + stream + "','startFromHead':true");
    assertThat(first.at("/events/0/message")).isEqualTo("simulated: a");
    String token = first.at("/nextForwardToken");
    Answer end = events("'logStreamName':'" + stream + "','nextToken':'" + token + "'");
    assertThat(end.body().path("events")).isEmpty();
    assertThat(end.at("/nextForwardToken")).isEqualTo(token);
  }

  private Answer events(String more) {
    return aws.call("logs", "GetLogEvents", "{'logGroupName':'/aws/batch/job'," + more + "}");
  }
}
