package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;

/**
 * One attempt at one sample's task.
 *
 * @param number from 1
 * @param first number of the attempt that this generation began with
 * @param memoize whether jobs that an earlier attempt did may be reused
 */
record TaskAttempt(WantedTask task, int number, int first, boolean memoize) {
  RunKey key() {
    return task.key(number);
  }

  String name() {
    return task.name(key());
  }

  /** The draft as it is created. */
  ObjectNode draft() {
    DraftTasks request = task.request();
    Claim claim = request.claim();
    TaskMark mark = new TaskMark(key(), claim.businessKey(), claim.generation(), number, first);
    ObjectNode draft = SevenBridgesApi.object();
    draft.put("name", name()).put("description", mark.text());
    draft.put("project", request.project()).put("app", request.app());
    draft.set("inputs", task.firstInputs(key()));
    draft.put("use_interruptible_instances", request.options().interruptible());
    draft.putObject("execution_settings").put("use_memoization", memoize);
    return draft;
  }
}
