package io.towpath.activities.sevenbridges;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.poll.PollPace;
import io.towpath.activities.poll.PollState;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.RunPage;
import io.towpath.workflows.sevenbridges.TaskCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.IntStream;

/** See {@link SevenBridgesActivities#runTasks}. */
final class TaskRuns {
  private final TaskTools tools;
  private final PollPace pace;
  private final InstantSource clock;

  TaskRuns(TaskTools tools, InstantSource clock) {
    this.tools = tools;
    this.pace = new PollPace(tools.pollFloor());
    this.clock = clock;
  }

  TaskCounts run(RunPage request) {
    TaskPage page = TaskPage.read(tools.documents(), request);
    if (page.over()) {
      return page.counts(Optional.empty());
    }
    Instant now = clock.instant();
    PollState before = tools.memory().recall().orElseGet(() -> PollState.begin(now));
    PageTurn turn = new PageTurn(tools, request, page);
    Optional<PlatformException> failure =
        turn.take(PollPace.freshFor(pace.interval(before.unchanged(now))));
    PollState state =
        failure
            .map(e -> e.status() == 429 ? before : before.erred(now))
            .orElseGet(() -> before.seen("asked", turn.fingerprint(), now));
    tools.memory().keep(state);
    Optional<TaskAttention> known = TaskAttention.of(request.known().attention());
    Optional<TaskAttention> attention =
        failure.isPresent()
            ? TaskAttention.unanswered(known, state, now)
            : TaskAttention.answered(known, state, now);
    TaskCounts counts = page.counts(attention.map(kind -> kind.text(detail(kind, page, failure))));
    if (page.over() || !attention.equals(known) || moved(request.known(), counts, request.news())) {
      return counts;
    }
    throw PollPace.stillRunning(words(counts, failure), delay(failure, state, now));
  }

  private static String detail(
      TaskAttention kind, TaskPage page, Optional<PlatformException> failure) {
    return switch (kind) {
      case NO_ANSWER -> failure.map(PlatformException::getMessage).orElse("no answer");
      case STALLED ->
          "no task of this page changed for 24 hours; of those that run, the first is "
              + page.running().stream().findFirst().map(line -> line.taskId()).orElse("none");
    };
  }

  private static boolean moved(TaskCounts known, TaskCounts now, int news) {
    int most =
        IntStream.of(
                now.completed() - known.completed(),
                now.running() - known.running(),
                now.waiting() - known.waiting(),
                now.failed() - known.failed(),
                now.reruns() - known.reruns())
            .map(Math::abs)
            .max()
            .orElse(0);
    return most >= news;
  }

  private static String words(TaskCounts counts, Optional<PlatformException> failure) {
    return counts.running()
        + " tasks run, "
        + counts.waiting()
        + " wait, "
        + (counts.completed() + counts.failed())
        + " have ended"
        + failure.map(e -> " (" + e.getMessage() + ")").orElse("");
  }

  private Duration delay(Optional<PlatformException> failure, PollState state, Instant now) {
    return failure
        .flatMap(PlatformException::retryAfter)
        .orElseGet(
            () ->
                PollPace.jittered(
                    failure.isPresent()
                        ? pace.afterErrors(state.errors())
                        : pace.interval(state.unchanged(now))));
  }
}
