package io.towpath.workflows.etl;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.towpath.workflows.progress.Resources;
import io.towpath.workflows.progress.StatusView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Queries, signals and updates of every ETL; the names are the command words of interface.md. A run
 * registers them as it is made, so a typed stub of this interface speaks to a run of any ETL.
 */
@WorkflowInterface
public interface RunControls {
  @QueryMethod(name = "status", description = "Where the run stands, stage by stage.")
  StatusView status();

  @QueryMethod(name = "spec", description = "The resolved request behind the spec digest.")
  Map<String, Object> spec();

  @SignalMethod(name = "pollNow", description = "Ask the platform now instead of at the next poll.")
  void pollNow();

  @SignalMethod(
      name = "externalEvent",
      description = "News from a platform; only a hint to ask now.")
  void externalEvent(ExternalEvent event);

  /** News from a platform, for example a webhook; the platform is asked before it is believed. */
  record ExternalEvent(String source, String id, String status) {}

  @UpdateMethod(name = "approve", description = "Opens a gate.")
  String approve(Approval approval);

  @UpdateValidatorMethod(updateName = "approve")
  void mayApprove(Approval approval);

  /** Who opens which gate, and why. */
  record Approval(String gate, String by, String note) {}

  @UpdateMethod(
      name = "retry",
      description = "Goes on where the run waits, or tries items again that failed.")
  String retry(Retry retry);

  @UpdateValidatorMethod(updateName = "retry")
  void mayRetry(Retry retry);

  /**
   * What to try again.
   *
   * @param items empty for everything that waits or has failed
   * @param resources what a release's programs get from now on; empty for what they had
   */
  record Retry(List<String> items, Optional<Resources> resources) {
    public Retry {
      items = items == null ? List.of() : List.copyOf(items);
      resources = resources == null ? Optional.empty() : resources;
    }
  }

  @UpdateMethod(name = "skip", description = "Leaves out what the run waits for.")
  String skip(Skip skip);

  @UpdateValidatorMethod(updateName = "skip")
  void maySkip(Skip skip);

  /** What to leave out, and why. */
  record Skip(List<String> items, String reason) {
    public Skip {
      items = items == null ? List.of() : List.copyOf(items);
    }
  }

  @UpdateMethod(name = "adopt", description = "Takes a platform's run for ours.")
  String adopt(Adoption adoption);

  @UpdateValidatorMethod(updateName = "adopt")
  void mayAdopt(Adoption adoption);

  /** Which platform run is taken for which step; the step may be empty where only one waits. */
  record Adoption(String step, String externalId) {
    List<String> steps() {
      return step == null || step.isBlank() ? List.of() : List.of(step);
    }
  }

  @UpdateMethod(name = "fail", description = "Ends the run as FAILED, with a reason.")
  String fail(Refusal refusal);

  @UpdateValidatorMethod(updateName = "fail")
  void mayFail(Refusal refusal);

  /** Why an operator ended it. */
  record Refusal(String reason) {}

  /**
   * @param connection why, {@code seqera} or {@code seqera/lab}, to be resumed by; none is a pause
   *     of the run itself
   */
  @UpdateMethod(name = "pause", description = "Begins no further stage until resume.")
  String pause(@Nullable String connection);

  /**
   * @param connection which pause is over; none ends all of them
   */
  @UpdateMethod(name = "resume", description = "Goes on after pause.")
  String resume(@Nullable String connection);

  @UpdateMethod(name = "amend", description = "Changes how the run works, never what it does.")
  String amend(Amendment amendment);

  @UpdateValidatorMethod(updateName = "amend")
  void mayAmend(Amendment amendment);

  /** Items at a time from now on. */
  record Amendment(int maxParallel) {}

  @UpdateMethod(name = "detach", description = "A cancel that follows leaves platform runs alone.")
  String detach();

  @UpdateValidatorMethod(updateName = "detach")
  void mayDetach();
}
