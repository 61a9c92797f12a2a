package io.towpath.activities.tower;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.poll.PollMemory;
import io.towpath.activities.poll.PollPace;
import io.towpath.activities.poll.PollState;
import io.towpath.activities.poll.StatusReader;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.tower.AwaitRun;
import io.towpath.workflows.tower.RunObservation;
import io.towpath.workflows.tower.RunRef;
import io.towpath.workflows.tower.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Waits for news of one run: one question in each attempt, no thread in between. */
final class RunWatch {
  /** With a watcher a run asks when it is half as old again, but not before this has passed. */
  private static final Duration SELDOM = Duration.ofHours(1);

  private final TowerSite site;
  private final PollPace pace;
  private final PollMemory memory;
  private final Watchers watchers;
  private final InstantSource clock;

  RunWatch(TowerSite site, TowerTools tools, InstantSource clock) {
    this.site = site;
    this.pace = new PollPace(tools.pollFloor());
    this.memory = tools.memory();
    this.watchers = tools.watchers();
    this.clock = clock;
  }

  /** See {@link io.towpath.workflows.tower.TowerActivities#awaitRun}. */
  RunObservation await(AwaitRun request) {
    RunRef run = request.run();
    Instant now = clock.instant();
    PollState before = memory.recall().orElseGet(() -> PollState.begin(now));
    StatusReader<RunRow> reader = site.reader(run.workspaceId());
    try {
      Duration fresh = PollPace.freshFor(pace.interval(before.age(now)));
      Optional<RunRow> row = reader.ask(run.workflowId(), fresh);
      if (row.isPresent()) {
        return answered(request, before, withTasks(request, before, row.get(), now), now);
      }
      return unanswered(request, before.erred(now), null, now);
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.STILL_RUNNING) {
        throw e;
      }
      return unanswered(request, before.erred(now), e, now);
    }
  }

  /** See {@link io.towpath.workflows.tower.TowerActivities#checkRun}. */
  RunObservation check(AwaitRun request) {
    RunRef run = request.run();
    Instant now = clock.instant();
    Optional<RunRow> row;
    try {
      row = site.runs(run.workspaceId()).byId(run.workflowId());
    } catch (PlatformException noNews) {
      return request.known();
    }
    if (row.isEmpty()) {
      return observation(request, request.known().status(), RunAttention.VANISHED, "");
    }
    PollState state = PollState.begin(now).seen(row.get().status().name(), "", now);
    return observation(
        request,
        row.get().status(),
        RunAttention.answered(request, state, row.get(), now).orElse(null),
        "");
  }

  private RunObservation answered(AwaitRun request, PollState before, RunRow row, Instant now) {
    String fingerprint = row.tasks().map(RunRow.TaskCounts::fingerprint).orElse("");
    PollState state = before.seen(row.status().name(), fingerprint, now);
    memory.keep(state);
    Optional<RunAttention> attention = RunAttention.answered(request, state, row, now);
    if (row.status().ended()) {
      site.reader(request.run().workspaceId()).forget(request.run().workflowId());
      return observation(request, row.status(), null, "");
    }
    if (!attention.equals(RunAttention.of(request.known().attention()))) {
      return observation(request, row.status(), attention.orElse(null), "");
    }
    Duration told = site.reader(request.run().workspaceId()).age(row.id());
    Duration age = age(row, state, now);
    Duration own = PollPace.together(pace.interval(age), told);
    Duration delay = own;
    if (request.known().attention().isEmpty()
        && row.status() != RunStatus.UNKNOWN
        && watchers.follow(request.run())) {
      Duration seldom = seldom(request, row.status(), age);
      delay = seldom.compareTo(own) > 0 ? seldom : own;
    }
    String tasks =
        row.tasks()
            .map(counts -> ", " + counts.over() + " of " + counts.known() + " tasks")
            .orElse("");
    throw PollPace.stillRunning(
        "run " + request.run().runName() + " is " + row.status() + tasks, delay);
  }

  /**
   * The watcher may be gone, and cannot see that nothing happens: soon enough to see that a run
   * does not begin, or that nothing moves, and not much later than the run took.
   */
  private static Duration seldom(AwaitRun request, RunStatus status, Duration age) {
    boolean begun = status != RunStatus.SUBMITTED;
    Duration quarter = (begun ? request.stuckRunning() : request.stuckSubmitted()).dividedBy(4);
    Duration half = age.dividedBy(2).compareTo(SELDOM) > 0 ? age.dividedBy(2) : SELDOM;
    return PollPace.jittered(quarter.compareTo(half) > 0 ? half : quarter);
  }

  /** No answer is no failure of the run: the question is asked again, and shown when it lasts. */
  private RunObservation unanswered(
      AwaitRun request, PollState state, @Nullable PlatformException refusal, Instant now) {
    memory.keep(state);
    Optional<RunAttention> attention =
        RunAttention.unanswered(request, state, refusal == null, now);
    String words =
        refusal == null ? "the platform does not know it" : String.valueOf(refusal.getMessage());
    if (!attention.equals(RunAttention.of(request.known().attention()))) {
      RunStatus last =
          state.status().isEmpty() ? request.known().status() : RunStatus.of(state.status());
      return observation(request, last, attention.orElse(null), words);
    }
    Duration delay =
        Optional.ofNullable(refusal)
            .flatMap(PlatformException::retryAfter)
            .orElseGet(() -> PollPace.jittered(pace.afterErrors(state.errors())));
    throw PollPace.stillRunning(
        "run "
            + request.run().runName()
            + " gave no answer "
            + state.errors()
            + (state.errors() == 1 ? " time (" : " times (")
            + words
            + ")",
        delay);
  }

  /** A list without counts of tasks must not make a run look stalled: then the run is asked. */
  private RunRow withTasks(AwaitRun request, PollState state, RunRow row, Instant now) {
    boolean doubtful =
        state.fingerprint().isEmpty()
            || state.unchanged(now).compareTo(request.stuckRunning().dividedBy(2)) > 0;
    if (row.status() != RunStatus.RUNNING || row.tasks().isPresent() || !doubtful) {
      return row;
    }
    return site.runs(request.run().workspaceId()).byId(row.id()).orElse(row);
  }

  private static Duration age(RunRow row, PollState state, Instant now) {
    Duration waited = state.age(now);
    Duration stated =
        row.submit().map(submit -> Duration.between(submit, now)).orElse(Duration.ZERO);
    return stated.compareTo(waited) > 0 ? stated : waited;
  }

  private RunObservation observation(
      AwaitRun request, RunStatus status, @Nullable RunAttention attention, String words) {
    Optional<String> text =
        attention == null
            ? Optional.empty()
            : Optional.of(attention.text(RunAttention.detail(attention, request, words)));
    return new RunObservation(status, text, url(request));
  }

  private Optional<String> url(AwaitRun request) {
    try {
      return Optional.of(
          site.directory().watchUrl(request.run().workspaceId(), request.run().workflowId()));
    } catch (PlatformException e) {
      return request.known().url();
    }
  }
}
