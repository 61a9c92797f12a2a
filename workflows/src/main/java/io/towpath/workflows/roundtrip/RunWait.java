package io.towpath.workflows.roundtrip;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.progress.Operator;
import io.towpath.workflows.progress.Operator.Decision;
import io.towpath.workflows.tower.AwaitRun;
import io.towpath.workflows.tower.RunObservation;
import io.towpath.workflows.tower.RunRef;
import io.towpath.workflows.tower.TowerActivities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits for one run, for hours or days. */
final class RunWait {
  private static final Duration UNKNOWN_GRACE = Duration.ofHours(2);

  private final ClaimedRun<RoundTripSpec> round;
  private final String stage;
  private final RoundTripRequest.Run request;
  private final RunLaunches launches;
  private boolean woken;

  RunWait(
      ClaimedRun<RoundTripSpec> round,
      String stage,
      RoundTripRequest.Run request,
      RunLaunches launches) {
    this.round = round;
    this.stage = stage;
    this.request = request;
    this.launches = launches;
  }

  /** Asks the platform now; several calls while one look is under way count once. */
  void wake() {
    woken = true;
  }

  /**
   * Waits until the run ends or an operator ends it; RETRY with an empty text is the plain end.
   *
   * @param adopted told of another run that an operator names to be waited for instead
   */
  Decision awaitEnd(RunRef first, Consumer<RunRef> adopted) {
    RunRef run = first;
    RunObservation known = RunObservation.submitted();
    String missing = "";
    while (true) {
      RunObservation seen = news(run, known);
      round.stages().attention(stage, seen.attention().map(missing::concat));
      round.stages().say(stage, run.runName() + " " + seen.status(), seen.url());
      if (seen.status().ended()) {
        round.stages().attention(stage, Optional.empty());
        return new Decision(Operator.Word.RETRY, "");
      }
      known = seen;
      Optional<Decision> decision = round.operator().take(stage);
      if (decision.isPresent()) {
        Decision decided = decision.get();
        if (decided.word() != Operator.Word.ADOPT) {
          round.stages().attention(stage, Optional.empty());
          launches.cancelOwn();
          return decided;
        }
        Optional<RunRef> other = launches.find(decided.text());
        missing = other.isPresent() ? "" : "there is no run \"" + decided.text() + "\" to adopt; ";
        known = RunObservation.submitted();
        if (other.isPresent()) {
          round.stages().attention(stage, Optional.empty());
          run = instead(other.get());
          adopted.accept(run);
        }
      }
    }
  }

  /** What was launched for the step is stopped, unless it is what was adopted. */
  private RunRef instead(RunRef other) {
    if (!launches.owns(other)) {
      launches.cancelOwn();
    }
    return other;
  }

  /** Waits for news, for a wake-up or for a decision, whichever is first. */
  private RunObservation news(RunRef run, RunObservation known) {
    AwaitRun ask =
        new AwaitRun(
            run,
            known,
            request.stuckAfter().submitted(),
            request.stuckAfter().running(),
            UNKNOWN_GRACE);
    List<Promise<RunObservation>> waiting = new ArrayList<>();
    CancellationScope scope =
        Workflow.newCancellationScope(
            () ->
                waiting.add(
                    Async.function(
                        stub(
                                TowerActivities.class,
                                ActivityPolicy.await(
                                    TaskQueues.SEQERA, "wait for " + run.runName()))
                            ::awaitRun,
                        ask)));
    scope.run();
    Promise<RunObservation> news = waiting.get(0);
    Workflow.await(() -> news.isCompleted() || woken || round.operator().decided(stage));
    if (news.isCompleted()) {
      return news.get();
    }
    scope.cancel("asked again sooner");
    try {
      return news.get();
    } catch (ActivityFailure | CanceledFailure cut) {
      woken = false;
      return stub(
              TowerActivities.class,
              ActivityPolicy.quick(TaskQueues.SEQERA, "ask for " + run.runName() + " now"))
          .checkRun(ask);
    }
  }
}
