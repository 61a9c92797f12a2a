package io.towpath.workflows;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import io.towpath.workflows.hosted.HostedWorkflows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run that a released version made, as {@code histories/<version>/<name>.json} has it, with the
 * workflow id beside it: under another one it would only attach.
 *
 * @param version the release that made it
 */
record GoldenHistory(String version, String name, WorkflowExecutionHistory events) {
  /** Code that is slow because it is cold is no deadlock. */
  private static final WorkerOptions PATIENT =
      WorkerOptions.newBuilder().setDefaultDeadlockDetectionTimeout(60_000).build();

  /** All of them, of every version. */
  static Stream<GoldenHistory> all() {
    try (Stream<Path> files = Files.walk(folder())) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream()
          .map(GoldenHistory::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    try {
      return Path.of(Objects.requireNonNull(GoldenHistory.class.getResource("/histories")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GoldenHistory read(Path file) {
    String name = nameOf(file).replaceFirst("\\.json$", "");
    try {
      String id = Files.readString(file.resolveSibling(name + ".id")).strip();
      return new GoldenHistory(
          nameOf(Objects.requireNonNull(file.getParent())),
          name,
          WorkflowExecutionHistory.fromJson(Files.readString(file), id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String nameOf(Path file) {
    return Objects.requireNonNull(file.getFileName()).toString();
  }

  String type() {
    return events
        .getEvents()
        .get(0)
        .getWorkflowExecutionStartedEventAttributes()
        .getWorkflowType()
        .getName();
  }

  /** Replays a history against this code. */
  static void replays(WorkflowExecutionHistory history) {
    TestEnvironmentOptions options =
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder()
                    .setDataConverter(TowpathDataConverter.create())
                    .build())
            .build();
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(options)) {
      Worker replayer = environment.newWorker("replay", PATIENT);
      RunSettings none = new RunSettings("", false, 0, Optional.empty(), List.of());
      HostedWorkflows.register(replayer, request -> none);
      assertThatCode(() -> replayer.replayWorkflowExecution(history)).doesNotThrowAnyException();
    }
  }

  @Override
  public String toString() {
    return version + " " + name;
  }
}
