package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import io.towpath.activities.holder.HolderActivitiesImpl;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.workflows.WorkflowIds;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Round trips that leave the waiting to the watcher of their workspace. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WatcherIT {
  @AutoClose private final Stack stack = new Stack(SandboxOptions.forTests(), watching());
  private final String watcher =
      WorkflowIds.watcher(
          "default", Long.parseLong(String.valueOf(stack.env().get("TOWER_WORKSPACE_ID"))));

  @Test
  void the_watcher_wakes_each_run_once_when_it_ends_and_then_ends_too() {
    List<WorkflowStub> runs =
        Stream.of("one", "two", "three").map(name -> started(name, 2_000)).toList();

    for (WorkflowStub run : runs) {
      assertThat(stack.report(run).path("outcome").asText()).startsWith("SUCCEEDED");
      assertThat(wakings(run)).isEqualTo(1);
    }
    assertThat(stack.effects("seqera", "POST /workflow/launch")).hasSize(3);
    WorkflowStub watched = stack.client().newUntypedWorkflowStub(watcher);
    watched.getResult(Void.class);
    stack.replay(watched);
  }

  @Test
  void a_watcher_that_was_terminated_is_started_again_by_who_asks_next() {
    WorkflowStub run = started("ended", 4_000);
    Awaitility.await().until(this::watched);
    stack.client().newUntypedWorkflowStub(watcher).terminate("nobody needs it");

    run.signal("pollNow");

    assertThat(stack.report(run).path("outcome").asText()).startsWith("SUCCEEDED");
    assertThat(stack.effects("seqera", "POST /workflow/launch")).hasSize(1);
    assertThat(wakings(run)).isEqualTo(1);
  }

  @Test
  void a_run_that_was_cancelled_leaves_nothing_to_the_watcher() {
    WorkflowStub run = started("cancelled", 600_000);
    Awaitility.await().until(this::watched);

    run.cancel();

    assertThatExceptionOfType(WorkflowFailedException.class)
        .isThrownBy(() -> run.getResult(Map.class))
        .withCauseInstanceOf(CanceledFailure.class);
    stack.client().newUntypedWorkflowStub(watcher).getResult(Void.class);
  }

  private static Map<String, String> watching() {
    Map<String, String> settings = new TreeMap<>(Stack.FAST);
    settings.put("TOWPATH_WATCHER", "on");
    return settings;
  }

  private WorkflowStub started(String name, int millis) {
    stack.control(
        "POST",
        "/plans",
        Stack.JSON
            .valueToTree(
                Map.of(
                    "platform",
                    "seqera",
                    "match",
                    "^" + name + "-",
                    "steps",
                    List.of(
                        Map.of("status", "RUNNING", "forMs", millis),
                        Map.of("status", "SUCCEEDED"))))
            .toString());
    return stack.start(stack.request(name));
  }

  private boolean watched() {
    return HolderActivitiesImpl.runs(stack.client(), watcher);
  }

  private long wakings(WorkflowStub run) {
    return stack.history(run).getEvents().stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
        .map(event -> event.getWorkflowExecutionSignaledEventAttributes().getSignalName())
        .filter("externalEvent"::equals)
        .count();
  }
}
