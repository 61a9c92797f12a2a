package io.towpath.workflows.cavatica;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.etl.UnderWay;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.progress.Operator;
import io.towpath.workflows.progress.Operator.Decision;
import io.towpath.workflows.progress.Operator.Word;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.RunPage;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.TaskOptions;
import io.towpath.workflows.sevenbridges.TaskCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Runs tasks to their end: a few pages at a time, among which the tasks that may run at once are
 * shared out. What one page's tasks do is its activity's affair; here only counts arrive.
 */
final class TaskStep {
  static final String STAGE = "run";

  private static final int WINDOW = 8;

  private final ClaimedRun<CavaticaSpec> run;
  private final ManifestRef tasks;
  private final Map<Integer, TaskCounts> known = new TreeMap<>();
  private final Map<Integer, Look> looks = new TreeMap<>();
  private final TreeSet<Integer> open = new TreeSet<>();
  private DraftTasks request;
  private int next;
  private int atOnce;
  private boolean again;

  TaskStep(ClaimedRun<CavaticaSpec> run, DraftTasks request, ManifestRef tasks) {
    this.run = run;
    this.request = request;
    this.tasks = tasks;
    this.atOnce = run.atOnce();
  }

  /** One page that is being asked about; {@code atOnce} of its tasks may run meanwhile. */
  private record Look(Promise<TaskCounts> counts, CancellationScope scope, int atOnce) {}

  /** Asks the platform now; calls while one look is under way count once. */
  void wake() {
    again = true;
  }

  /** Runs all of them and returns the sum. */
  TaskCounts execute() {
    run.stages().begin(STAGE, "starting " + tasks.rows() + " tasks");
    try {
      runAll();
    } catch (TemporalFailure failure) {
      cancelLooks("the step ends");
      UnderWay.awaitEnd(looks.values().stream().map(Look::counts).toList());
      throw failure;
    }
    CancellationScope.throwCanceled();
    run.stages().attention(STAGE, Optional.empty());
    run.stages().done(STAGE, words());
    return sum();
  }

  private void runAll() {
    while (true) {
      lookAtOpen();
      if (looks.isEmpty()) {
        break;
      }
      Workflow.await(() -> anyNews() || mustAskAgain() || run.operator().decided(STAGE));
      takeNews();
      run.operator().take(STAGE).ifPresent(this::follow);
      if (mustAskAgain()) {
        cutShort();
      }
      tell();
    }
  }

  private void lookAtOpen() {
    int window = halted() ? open.size() : Math.min(WINDOW, run.atOnce());
    if (open.size() < window && next < tasks.pageCount()) {
      run.operator().awaitNotPaused();
    }
    while (open.size() < window && next < tasks.pageCount()) {
      open.add(next++);
    }
    for (int page : open) {
      if (!looks.containsKey(page)) {
        look(page, share());
      }
    }
  }

  /** Whether no more is started, because a task failed and the request stops at that. */
  private boolean halted() {
    return !request.options().continueOnFailure() && sum().failed() > 0;
  }

  /** An equal part of what the looks under way leave free; at least one. */
  private int share() {
    if (halted()) {
      return 0;
    }
    int given = given();
    int sharers = open.size() - looks.size();
    return Math.max(1, (run.atOnce() - given + sharers - 1) / sharers);
  }

  private int given() {
    return looks.values().stream().mapToInt(Look::atOnce).sum();
  }

  /** On cancel its answer is waited for: two looks at one page could start one task each. */
  private void look(int page, int share) {
    RunPage ask = new RunPage(request, tasks, page, share, knownOf(page), news());
    SevenBridgesActivities platform =
        stub(
            SevenBridgesActivities.class,
            ActivityPolicy.page(
                TaskQueues.SEVEN_BRIDGES,
                "run tasks, page " + (page + 1) + " of " + tasks.pageCount()));
    List<Promise<TaskCounts>> asked = new ArrayList<>();
    CancellationScope scope =
        Workflow.newCancellationScope(() -> asked.add(Async.function(platform::runTasks, ask)));
    scope.run();
    looks.put(page, new Look(asked.get(0), scope, share));
  }

  /** What the activity compares with: of a page that nobody looked at yet, all tasks wait. */
  private TaskCounts knownOf(int page) {
    long size = Math.min(tasks.pageSize(), tasks.rows() - (long) page * tasks.pageSize());
    return known.getOrDefault(page, TaskCounts.waiting((int) size));
  }

  /** So many tasks of a page have to move before the workflow hears of it: history is short. */
  private int news() {
    long page = Math.min(tasks.pageSize(), tasks.rows());
    return (int) Math.max((page + 3) / 4, tasks.rows() / 10);
  }

  private boolean anyNews() {
    return looks.values().stream().anyMatch(look -> look.counts().isCompleted());
  }

  private void takeNews() {
    for (Map.Entry<Integer, Look> entry : List.copyOf(looks.entrySet())) {
      if (entry.getValue().counts().isCompleted()) {
        looks.remove(entry.getKey());
        try {
          take(entry.getKey(), entry.getValue());
        } catch (ActivityFailure failure) {
          run.operator().awaitRepair(STAGE, failure);
        }
      }
    }
  }

  private void take(int page, Look look) {
    TaskCounts counts = look.counts().get();
    known.put(page, counts);
    if (counts.ended() || (halted() && counts.running() == 0)) {
      open.remove(page);
    }
  }

  /** Whether somebody wants to know now, or fewer or more may run than the looks were told. */
  private boolean mustAskAgain() {
    return again || atOnce != run.atOnce() || (halted() && given() > 0);
  }

  /** Ends the looks, so that the next ones ask now, and with the shares of now. */
  private void cutShort() {
    again = false;
    atOnce = run.atOnce();
    cancelLooks("asked again sooner");
    for (Map.Entry<Integer, Look> entry : List.copyOf(looks.entrySet())) {
      try {
        take(entry.getKey(), entry.getValue());
      } catch (ActivityFailure | CanceledFailure cut) {
        CancellationScope.throwCanceled();
      }
      looks.remove(entry.getKey());
    }
  }

  private void cancelLooks(String why) {
    looks.values().forEach(look -> look.scope().cancel(why));
  }

  /** What an operator decided while tasks need attention; all but skip and fail ask again. */
  private void follow(Decision decision) {
    run.stages().attention(STAGE, Optional.empty());
    if (decision.word() == Word.FAIL) {
      throw Operator.ended(decision);
    }
    cutShort();
    if (decision.word() == Word.SKIP) {
      request = withoutReruns(request);
      stub(
              SevenBridgesActivities.class,
              ActivityPolicy.submit(TaskQueues.SEVEN_BRIDGES, "stop what has not ended"))
          .stopTasks(request, Optional.of(tasks), false);
    }
  }

  private static DraftTasks withoutReruns(DraftTasks request) {
    TaskOptions options = request.options();
    return new DraftTasks(
        request.claim(),
        request.connection(),
        request.scope(),
        request.project(),
        request.app(),
        request.inputs(),
        new TaskOptions(options.interruptible(), options.memoize(), 0, options.continueOnFailure()),
        request.again(),
        request.result());
  }

  private void tell() {
    TaskCounts counts = sum();
    run.stages().count("tasks.done", counts.completed());
    run.stages().count("tasks.cached", counts.cached());
    run.stages().count("tasks.running", counts.running());
    run.stages().count("tasks.failed", counts.failed());
    run.stages().attention(STAGE, counts.attention());
    run.stages().say(STAGE, words(), Optional.empty());
  }

  private TaskCounts sum() {
    return known.values().stream().reduce(TaskCounts.NONE, TaskCounts::plus);
  }

  private String words() {
    TaskCounts counts = sum();
    return counts.completed()
        + " of "
        + tasks.rows()
        + " done, "
        + counts.cached()
        + " of them before, "
        + counts.running()
        + " running, "
        + counts.failed()
        + " failed"
        + Money.words(counts);
  }
}
