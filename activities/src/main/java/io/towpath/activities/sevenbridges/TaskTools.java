package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.poll.PollMemory;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.Attempt;
import io.towpath.activities.submit.Settle;
import io.towpath.activities.submit.SubmitLedger;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What one attempt of an activity has at hand for the tasks of one account. */
record TaskTools(
    SevenBridgesAccount account, SevenBridgesTools shared, Attempt attempt, Settle settle) {
  /** Calls at a time; the account's budget paces them. */
  private static final int AT_ONCE = 8;

  static TaskTools of(SevenBridgesAccount account, SevenBridgesTools shared) {
    Attempt attempt = shared.attempts().get();
    return new TaskTools(account, shared, attempt, attempt.settle(shared.settle()));
  }

  TasksClient client() {
    return account.tasks();
  }

  SubmitLedger ledger() {
    return shared.ledger();
  }

  S3Documents documents() {
    return shared.documents();
  }

  Duration pollFloor() {
    return shared.pollFloor();
  }

  PollMemory memory() {
    return shared.memory();
  }

  /** Works on many tasks at a time, heartbeating. */
  <I, O> List<O> each(Collection<I> items, Function<I, O> work) {
    return shared.pages().run(List.copyOf(items), AT_ONCE, work, progress -> attempt.heartbeat());
  }

  /** The tasks with these ids, with all that we know of tasks; those that are gone are left out. */
  Map<String, TaskRow> rows(Collection<String> ids) {
    BulkStatuses whole =
        new BulkStatuses(
            some -> {
              attempt.heartbeat();
              return client().getTasks(some, TaskRow.WHOLE);
            },
            TaskRow.STATE,
            TaskRow.LAST);
    return rows(whole.sweep(Set.copyOf(ids)));
  }

  static Map<String, TaskRow> rows(Map<String, JsonNode> tasks) {
    Map<String, TaskRow> rows = new HashMap<>();
    tasks.forEach((id, task) -> rows.put(id, TaskRow.of(task)));
    return rows;
  }
}
