package io.towpath.workflows.containers;

import io.temporal.activity.ActivityInterface;
import io.towpath.workflows.model.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs containers, each once, on any executor. Everything here is safe to retry. */
@ActivityInterface(namePrefix = "Container")
public interface ContainerActivities {
  /**
   * Turns an image's tag into a digest and looks whether the executor can run it. Read-only; lists
   * every problem instead of failing on the first.
   */
  ResolvedImage resolve(ImageSpec spec);

  /**
   * Runs one container to its end: adopts the one that carries the key, or submits it ({@code
   * SubmitOnce}); asks once per attempt and fails with {@code STILL_RUNNING} meanwhile, so that the
   * wait holds no thread and adds nothing to history; stores its log and its end, the latter in the
   * ledger, which answers from then on. Returns early only when attention differs from {@code
   * request.known()}. An outage fails nothing. Fails with {@code INPUT_REJECTED} if the executor
   * refuses the request, with {@code CONFLICT} if something else has its name, and with {@code
   * RUN_STUCK} if the executor cannot tell any more whether it was submitted or how it ended.
   */
  ContainerNews run(RunContainer request);

  /**
   * The step under which a run records its {@link Executor} in the ledger before it submits
   * anything, so that whoever comes later knows where to look.
   */
  String EXECUTOR = "executor";

  /**
   * Stops every container that a generation of a business key began, as its intents in the ledger
   * tell, also when the id never came back, and waits until they are terminal. A generation that
   * recorded no executor began none, nor stopped any for sure: the newest before it that did is
   * meant. One that did has stopped those of all before it. What ended is left as it is; what never
   * started is removed where the executor could still start it, and a Kubernetes job is deleted,
   * because that is how one stops. Needs no claim: it serves later generations, and a lease whose
   * holder is gone.
   *
   * @return how many were stopped
   */
  int stop(StopContainers request);

  /**
   * Asks for an image.
   *
   * @param image with tag or digest
   * @param memoryMb the most that any container of the request begins with
   * @param grownMb the most that a retry may give one; runs of before there was such a look ask for
   *     what containers begin with
   * @param cpus the most
   * @param secrets as in {@link ContainerSpec}
   */
  record ImageSpec(
      Executor executor,
      String image,
      int memoryMb,
      Integer grownMb,
      double cpus,
      Map<String, String> secrets) {
    public ImageSpec {
      grownMb = grownMb == null ? memoryMb : grownMb;
    }

    /** The same as it would be asked for by the last retry. */
    public ImageSpec grown() {
      return new ImageSpec(executor, image, grownMb, grownMb, cpus, secrets);
    }
  }

  /**
   * An image, pinned.
   *
   * @param image {@code name@sha256:…}; empty where it does not resolve
   * @param executor the executor with what moves in it pinned; empty where nothing moves
   * @param problems everything that stands in the way, by the request's fields
   * @param warnings what may stand in the way of a retry
   */
  record ResolvedImage(
      Optional<String> image,
      Optional<Executor> executor,
      List<Problem> problems,
      List<String> warnings) {
    public ResolvedImage {
      executor = executor == null ? Optional.empty() : executor;
      problems = problems == null ? List.of() : List.copyOf(problems);
      warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }
  }

  /**
   * Containers to stop.
   *
   * @param generation the newest that is meant; empty for the newest of all
   * @param unclear whether a send may still be under way, so that what turns up later must be
   *     looked for
   * @param grace how long programs have between the signal and the end
   */
  record StopContainers(
      String businessKey, Optional<Integer> generation, boolean unclear, Duration grace) {}
}
