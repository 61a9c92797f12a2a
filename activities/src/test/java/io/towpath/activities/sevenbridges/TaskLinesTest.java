package io.towpath.activities.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.sevenbridges.TaskState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TaskLinesTest {
  @Test
  void an_answer_from_before_a_task_was_run_does_not_make_a_draft_of_it_again() {
    TaskState running = line("RUNNING");

    assertThat(TaskLines.seen(running, row("{'id':'t','status':'DRAFT'}"))).isEqualTo(running);
  }

  @Test
  void an_end_is_the_end() {
    TaskState failed = line("FAILED");

    assertThat(TaskLines.seen(failed, row("{'id':'t','status':'RUNNING'}"))).isEqualTo(failed);
  }

  @Test
  void an_end_tells_the_price_and_of_a_failure_the_words() {
    TaskState seen =
        TaskLines.seen(
            line("RUNNING"),
            row(
                """
                {'id':'t','status':'FAILED','price':{'amount':0.25,'currency':'USD'},
                 'execution_status':{'message':'Disk full'},
                 'errors':[{'code':7024,'message':'again'}]}
                """));

    assertThat(seen.price()).contains("0.25 USD");
    assertThat(seen.problem()).contains("Disk full; again (code 7024)");
  }

  private static TaskState line(String status) {
    return new TaskState(
        "s1",
        new RunKey("abcdefghijklm"),
        1,
        1,
        "t",
        status,
        true,
        false,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static TaskRow row(String json) {
    return TaskRow.of(SevenBridgesSandbox.object(json));
  }
}
