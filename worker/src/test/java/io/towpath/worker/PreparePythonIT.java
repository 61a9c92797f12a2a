package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Python example, against a real Temporal server, where Python and its two packages are. */
@Tag("devserver")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PreparePythonIT {
  private static final String PYTHON = System.getProperty("towpath.python", "python3");

  @Test
  void the_python_example_makes_the_sheet_that_the_pipeline_gets() throws Exception {
    Assumptions.assumeTrue(
        succeeds(new ProcessBuilder(PYTHON, "-c", "import temporalio, boto3")),
        "there is no " + PYTHON + " with temporalio and boto3");
    try (Stack stack = new Stack(SandboxOptions.forTests(), Stack.FAST)) {
      Process worker = worker(stack);
      try {
        Map<String, Object> request = new TreeMap<>(stack.request("python"));
        request.put(
            "prepare",
            Map.of("activity", Map.of("name", "rewrite_sheet", "taskQueue", "my-sheets")));

        JsonNode report = stack.report(stack.start(request));

        String uri = report.at("/staged/samplesheet").asText();
        assertThat(uri).endsWith("/rewritten.csv");
        assertThat(stack.object(uri).lines().skip(1))
            .hasSize(3)
            .allMatch(l -> l.startsWith("PART"));
      } finally {
        worker.destroy();
        worker.waitFor(20, TimeUnit.SECONDS);
      }
    }
  }

  private static Process worker(Stack stack) throws IOException {
    ProcessBuilder worker =
        new ProcessBuilder(
                PYTHON, Path.of("../deploy/examples/prepare-python/worker.py").toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    worker.environment().putAll(stack.env());
    worker
        .environment()
        .put("TEMPORAL_ADDRESS", stack.client().getWorkflowServiceStubs().getOptions().getTarget());
    return worker.start();
  }

  private static boolean succeeds(ProcessBuilder command) throws InterruptedException {
    try {
      return command
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
