package io.towpath.workflows.release;

import io.towpath.workflows.etl.ClaimedRun;
import java.util.List;
import java.util.Optional;

/** Where a stage waits until somebody who may has approved it; it can wait for weeks. */
final class Gate {
  private final ClaimedRun<ReleaseSpec> run;
  private final String stage;

  Gate(ClaimedRun<ReleaseSpec> run, String stage) {
    this.run = run;
    this.stage = stage;
  }

  /**
   * Waits for the approval, and tells people that it does.
   *
   * @return whether it was opened, or there is none; else an operator left the stage out
   */
  boolean opened(Optional<String> gate, String what) {
    if (gate.isEmpty() || run.operator().gates().approvals().containsKey(gate.get())) {
      return true;
    }
    String name = gate.get();
    String key = run.claim().businessKey();
    String how =
        what
            + " waits for "
            + String.join(" or ", run.spec().request().gates().getOrDefault(name, List.of()))
            + ": towpath approve "
            + key
            + " --gate "
            + name
            + " --by NAME, or towpath skip";
    run.notices().tellMeanwhile("gate-" + name, key + " waits at " + name, how);
    return run.operator().awaitGate(name, stage, how);
  }
}
