package io.towpath.activities.containers;

import io.towpath.activities.containers.ContainerState.Phase;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.Outcomes;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.containers.ContainerActivities;
import io.towpath.workflows.containers.ContainerNews;
import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.RunKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Does what is the same on every executor, once; the executor's type picks the rest. */
public final class ContainerActivitiesImpl implements ContainerActivities {
  /** How often an unclear send is looked for while it may still be under way. */
  private static final int LOOKS = 8;

  private final Executors executors;
  private final ImageDigests images;
  private final ContainerTools tools;
  private final SubmitOnce submitOnce;

  /**
   * @param byType the connections by the executor's type and their own name
   * @param images asks registries
   */
  public ContainerActivitiesImpl(
      Map<String, Map<String, ContainerExecutor>> byType,
      ImageDigests images,
      ContainerTools tools) {
    this.executors = new Executors(byType, tools.pollFloor());
    this.images = images;
    this.tools = tools;
    this.submitOnce = new SubmitOnce(tools.ledger(), tools.settle());
  }

  @Override
  public ResolvedImage resolve(ImageSpec spec) {
    List<Problem> problems = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    Optional<String> image = Optional.empty();
    Optional<Executor> pinned = Optional.empty();
    try {
      ContainerExecutor executor = executors.connection(spec.executor());
      problems.addAll(executor.check(spec));
      if (problems.isEmpty() && spec.grownMb() > spec.memoryMb()) {
        executor
            .check(spec.grown())
            .forEach(problem -> warnings.add("the last retry for memory: " + problem.text()));
      }
      pinned = problems.isEmpty() ? executor.pinned(spec.executor()) : pinned;
      image = executor.pinned(spec.image());
    } catch (PlatformException e) {
      problems.add(problem("executor", e));
    }
    if (image.isEmpty()) {
      try {
        image = Optional.of(images.pinned(spec.image()));
      } catch (PlatformException e) {
        problems.add(problem("image", e));
      }
    }
    return new ResolvedImage(image, pinned, problems, warnings);
  }

  @Override
  public ContainerNews run(RunContainer request) {
    return new ContainerWatch(
            executors.place(request.executor()), tools, submitOnce, InstantSource.system())
        .run(request);
  }

  @Override
  public int stop(StopContainers request) {
    String business = request.businessKey();
    int generation =
        request.generation().orElseGet(() -> tools.outcomes().newest(business).orElse(0));
    for (; generation > 0; generation--) {
      Optional<Map<String, Object>> note = tools.outcomes().outcome(business, generation, EXECUTOR);
      if (note.isPresent()) {
        return stop(request, S3Documents.JSON.convertValue(note.get(), Executor.class), generation);
      }
    }
    return 0;
  }

  /**
   * One that nobody told to start yet may be told at any moment, and end before it is removed,
   * which would lose its end: it is left alone for as long as a send may be under way.
   */
  private int stop(StopContainers request, Executor executor, int generation) {
    Duration lookFor = tools.settle().afterCancel();
    long begin = System.nanoTime();
    int stopped = 0;
    while (mayBeUnderWay(request, generation) && System.nanoTime() - begin < lookFor.toNanos()) {
      stopped += stopAll(request, executor, generation, state -> state.phase() != Phase.MADE);
      tools.settle().sleep(lookFor.dividedBy(LOOKS));
    }
    return stopped + stopAll(request, executor, generation, state -> true);
  }

  /** What has an id was made, and was found. */
  private boolean mayBeUnderWay(StopContainers request, int generation) {
    return request.unclear()
        && !tools.outcomes().begun(request.businessKey(), generation).stream()
            .allMatch(Outcomes.Begun::made);
  }

  /** The intents are read each time: a send may have been noted meanwhile. */
  private int stopAll(
      StopContainers request, Executor executor, int generation, Predicate<ContainerState> meant) {
    ContainerRuns runs = executors.place(executor).runs();
    EndNotes notes = new EndNotes(tools.outcomes());
    List<ContainerState> alive = new ArrayList<>();
    for (Outcomes.Begun sent : tools.outcomes().begun(request.businessKey(), generation)) {
      RunKey key = sent.key();
      List<ContainerState> ours =
          runs.find(RunContainer.nameOf(key)).stream()
              .filter(state -> !state.digest().isEmpty() && !state.ended())
              .filter(meant)
              .toList();
      if (!ours.isEmpty()) {
        notes.noteStop(request.businessKey(), generation, key);
        alive.addAll(ours);
      }
    }
    return new ContainerStopper(runs, tools.settle(), tools.pollFloor())
        .stop(alive, request.grace())
        .size();
  }

  /** What passes is not the request's mistake. */
  private static Problem problem(String place, PlatformException e) {
    if (e.kind() == FailureKind.PLATFORM_UNAVAILABLE) {
      throw e;
    }
    return new Problem(place, String.valueOf(e.getMessage()));
  }
}
