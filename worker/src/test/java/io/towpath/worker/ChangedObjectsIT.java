package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.sandbox.s3.ObjectStore;
import io.towpath.workflows.progress.StatusView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What others write where a round trip reads: noticed, and never taken for its own. */
@WorkflowSuite
class ChangedObjectsIT {
  @AutoClose private static final Stack stack = new Stack(SandboxOptions.forTests(), Stack.FAST);

  @Test
  void a_sheet_that_changed_while_another_run_went_on_reaches_no_pipeline() throws IOException {
    plan("swap-a-");
    Map<String, Object> request = stack.request("swap");
    request.put(
        "runs",
        List.of(
            stack.run("swap-a", Map.of()),
            stack.run("swap-b", Map.of("needs", List.of("swap-a")))));
    WorkflowStub run = stack.start(request);
    await(() -> launches("swap-a-") == 1);
    String sheet =
        "etl/swap/towpath/" + stack.seed("synapse.manifest") + ".1/swap-b/g1/samplesheet.csv";
    byte[] made = objects().open(bucket(), sheet, 0, -1).readAllBytes();
    objects()
        .put(bucket(), sheet, "text/csv", "sample\nanother\n".getBytes(StandardCharsets.UTF_8));

    await(() -> status(run).attention().isPresent());
    assertThat(status(run).attentionReason().orElseThrow()).contains("SHA-256", sheet);
    assertThat(launches("swap-b-")).isZero();
    objects().put(bucket(), sheet, "text/csv", made);
    run.update("retry", String.class, Map.of("items", List.of()));

    assertThat(stack.report(run).path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(launches("swap-b-")).isEqualTo(1);
  }

  @Test
  void what_lay_in_an_output_directory_before_its_run_is_told_and_not_indexed() {
    objects().put(bucket(), "own results/old.txt", "text/plain", new byte[] {1});
    Instant written = Instant.now();
    await(() -> Instant.now().getEpochSecond() > written.getEpochSecond());
    Map<String, Object> request = stack.request("before");
    request.put(
        "runs",
        List.of(
            stack.run(
                "before",
                Map.of("params", Map.of("outdir", "s3://" + bucket() + "/own results/")))));

    JsonNode report = stack.report(stack.start(request));

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED_WITH_WARNINGS");
    assertThat(report.at("/index/older")).extracting(JsonNode::asText).containsExactly("old.txt");
    assertThat(report.path("warnings").toString()).contains("1 objects", "see index.older");
    assertThat(names(stack.folder("before"))).doesNotContain("old.txt");
    assertThat(report.at("/index/created").asInt()).isPositive();
    assertThat(objects().head(bucket(), "own results/old.txt")).isPresent();
  }

  /** Names of the files made directly in a folder. */
  private static List<String> names(String folder) {
    return stack.effects("synapse", "POST /entity/bundle2/create").stream()
        .map(effect -> effect.at("/request/entity"))
        .filter(entity -> entity.path("parentId").asText().equals(folder))
        .map(entity -> entity.path("name").asText())
        .toList();
  }

  private static void plan(String name) {
    stack.control(
        "POST",
        "/plans",
        "{\"platform\":\"seqera\",\"match\":\"^"
            + name
            + "\",\"steps\":[{\"status\":\"RUNNING\",\"forMs\":1500},{\"status\":\"SUCCEEDED\"}]}");
  }

  private static int launches(String prefix) {
    return (int)
        stack.effects("seqera", "POST /workflow/launch").stream()
            .filter(e -> e.path("object").path("name").asText().startsWith(prefix))
            .count();
  }

  private static StatusView status(WorkflowStub run) {
    return Objects.requireNonNull(run.query("status", StatusView.class));
  }

  private static ObjectStore objects() {
    return stack.sandbox().objects();
  }

  private static String bucket() {
    return stack.seed("s3.bucket");
  }

  private static void await(java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await().ignoreExceptions().until(condition);
  }
}
