package io.towpath.worker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkflowImplementationOptions;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.towpath.activities.config.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorkflowTracesTest {
  private final InMemorySpanExporter told = InMemorySpanExporter.create();

  /** A workflow that cannot do what it is asked. */
  @WorkflowInterface
  public interface Refusing {
    @WorkflowMethod(name = "refusing")
    void run();
  }

  /** Throws what workflows are registered to fail with. */
  public static final class RefusingImpl implements Refusing {
    @Override
    public void run() {
      throw new IllegalArgumentException("not this");
    }
  }

  @Test
  void a_run_that_fails_by_a_bad_argument_is_told_as_failed() {
    try (Traces traces = new Traces(SimpleSpanProcessor.create(told));
        TestWorkflowEnvironment temporal = environment(traces)) {
      temporal
          .newWorker("test")
          .registerWorkflowImplementationTypes(
              WorkflowImplementationOptions.newBuilder()
                  .setFailWorkflowExceptionTypes(IllegalArgumentException.class)
                  .build(),
              RefusingImpl.class);
      temporal.start();
      Refusing run =
          temporal
              .getWorkflowClient()
              .newWorkflowStub(
                  Refusing.class, WorkflowOptions.newBuilder().setTaskQueue("test").build());

      assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::run);
      assertThat(told.getFinishedSpanItems())
          .singleElement()
          .satisfies(
              span -> {
                assertThat(span.getName()).isEqualTo("RunWorkflow:refusing");
                assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
              });
    }
  }

  @Test
  void a_collector_gets_the_headers_that_it_wants() throws IOException {
    BlockingQueue<String> asked = new ArrayBlockingQueue<>(10);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    Map<String, Secret> headers = TraceCollector.headers("Authorization=Basic%20dXNlcjp3b3Jk");

    try (Traces traces = Traces.to(new TraceCollector(endpoint, headers))) {
      traces.tracer().spanBuilder("any").startSpan().end();
    } finally {
      server.stop(0);
    }

    assertThat(asked).containsExactly("Basic dXNlcjp3b3Jk");
  }

  private static TestWorkflowEnvironment environment(Traces traces) {
    return TestWorkflowEnvironment.newInstance(
        TestEnvironmentOptions.newBuilder()
            .setWorkerFactoryOptions(
                WorkerFactoryOptions.newBuilder().setWorkerInterceptors(traces).build())
            .build());
  }
}
