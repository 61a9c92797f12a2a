package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.uber.m3.tally.NoopScope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptor;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowClientInterceptorBase;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.worker.telemetry.Telemetry;
import io.towpath.worker.telemetry.Traces;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.roundtrip.RoundTripWorkflow;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The spans of one round trip. */
@Tag("suite")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TracesIT {
  private static final InMemorySpanExporter TOLD = InMemorySpanExporter.create();
  private static final String RUN = "RunWorkflow:" + RoundTripWorkflow.TYPE;

  private static Traces traces;
  private static Stack stack;
  private static WorkflowStub run;

  @BeforeAll
  static void start() {
    traces = new Traces(SimpleSpanProcessor.create(TOLD));
    stack =
        new Stack(
            SandboxOptions.forTests(),
            Stack.FAST,
            new NoopScope(),
            Telemetry.of(new SimpleMeterRegistry(), traces));
    stack.control(
        "POST",
        "/plans",
        "{\"platform\":\"seqera\",\"match\":\"^traced-\",\"steps\":[{\"status\":\"RUNNING\","
            + "\"forMs\":1500},{\"status\":\"SUCCEEDED\"}]}");
    run = roundTrip();
  }

  @AfterAll
  static void stop() {
    stack.close();
    traces.close();
  }

  /** Somebody who starts runs and hands a trace on, as the SDKs of other languages do. */
  private static final class Caller extends WorkflowClientInterceptorBase {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @Override
    public WorkflowClientCallsInterceptor workflowClientCallsInterceptor(
        WorkflowClientCallsInterceptor next) {
      return new WorkflowClientCallsInterceptorBase(next) {
        @Override
        public WorkflowStartOutput start(WorkflowStartInput input) {
          Map<String, String> context = Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-01");
          input
              .getHeader()
              .getValues()
              .put(
                  "_tracer-data",
                  DefaultDataConverter.STANDARD_INSTANCE.toPayload(context).orElseThrow());
          return super.start(input);
        }
      };
    }
  }

  private static WorkflowStub roundTrip() {
    WorkflowStub started =
        WorkflowClient.newInstance(
                stack.client().getWorkflowServiceStubs(),
                TemporalUnderTest.options().toBuilder().setInterceptors(new Caller()).build())
            .newUntypedWorkflowStub(
                RoundTripWorkflow.TYPE,
                WorkflowOptions.newBuilder()
                    .setWorkflowId("traced")
                    .setTaskQueue(TaskQueues.WORKFLOWS)
                    .build());
    started.start(stack.request("traced"));
    stack.report(started);
    Awaitility.await().until(() -> named(RUN).stream().anyMatch(TracesIT::isStarted));
    return started;
  }

  /** A round trip asks its holder, which is a child, and starts it where there is none. */
  @Test
  void from_the_start_to_the_platforms_it_is_one_trace() {
    List<SpanData> trace = trace();
    Map<String, SpanData> byId =
        trace.stream().collect(Collectors.toMap(SpanData::getSpanId, Function.identity()));
    for (SpanData span : trace) {
      if (isStarted(span)) {
        assertThat(span.getName()).isEqualTo(RUN);
        continue;
      }
      SpanData above = byId.get(span.getParentSpanId());
      assertThat(above).as("what %s is a part of", span.getName()).isNotNull();
      assertThat(above.getName())
          .as("what %s is a part of", span.getName())
          .matches(
              span.getName().startsWith("RunActivity:")
                  ? "RunWorkflow:.*"
                  : span.getName().startsWith("RunWorkflow:")
                      ? "RunWorkflow:.*"
                      : "RunActivity:.*");
    }
    assertThat(trace.stream().map(SpanData::getName))
        .contains(RUN, "synapse GET", "seqera POST", "s3 GetObject", "s3 PutObject");
  }

  @Test
  void an_attempt_that_only_waits_is_no_failure() {
    List<SpanData> waits = named("RunActivity:TowerAwaitRun");
    assertThat(waits).hasSizeGreaterThan(1);
    assertThat(waits)
        .allMatch(span -> span.getStatus().getStatusCode() == StatusCode.UNSET)
        .extracting(SpanData::getSpanId)
        .doesNotHaveDuplicates();
  }

  @Test
  void a_replay_tells_nothing() {
    int told = TOLD.getFinishedSpanItems().size();
    Replay.of(stack.history(run), traces);
    assertThat(TOLD.getFinishedSpanItems()).hasSize(told);
  }

  @Test
  void no_span_holds_a_credential_or_the_query_of_a_url() {
    for (SpanData span : TOLD.getFinishedSpanItems()) {
      String all = span.toString();
      assertThat(all).doesNotContain("?").doesNotContain("X-Amz").doesNotContain(stack.secrets());
    }
  }

  private static boolean isStarted(SpanData span) {
    return span.getParentSpanId().equals(Caller.SPAN);
  }

  private static List<SpanData> trace() {
    return TOLD.getFinishedSpanItems().stream()
        .filter(span -> span.getTraceId().equals(Caller.TRACE))
        .toList();
  }

  private static List<SpanData> named(String name) {
    return TOLD.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .toList();
  }
}
