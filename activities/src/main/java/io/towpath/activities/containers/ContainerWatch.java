package io.towpath.activities.containers;

import io.towpath.activities.containers.ContainerState.Phase;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.poll.PollPace;
import io.towpath.activities.poll.PollState;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.containers.ContainerEnd;
import io.towpath.workflows.containers.ContainerNews;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** One container from its submit to its end: one look in each attempt, no thread in between. */
final class ContainerWatch {
  private static final Duration BEAT = Duration.ofMillis(1);
  private static final Duration OVERDUE_GRACE = Duration.ofSeconds(10);

  private final Executors.Place place;
  private final ContainerTools tools;
  private final SubmitOnce submitOnce;
  private final InstantSource clock;
  private final PollPace pace;

  ContainerWatch(
      Executors.Place place, ContainerTools tools, SubmitOnce submitOnce, InstantSource clock) {
    this.place = place;
    this.tools = tools;
    this.submitOnce = submitOnce;
    this.clock = clock;
    this.pace = new PollPace(tools.pollFloor());
  }

  /** See {@link io.towpath.workflows.containers.ContainerActivities#run}. */
  ContainerNews run(RunContainer request) {
    Instant now = clock.instant();
    EndNotes notes = new EndNotes(tools.outcomes());
    Optional<PollState> kept = tools.memory().recall();
    Optional<ContainerNews> known =
        kept.isEmpty() ? notes.recorded(request).map(ContainerWatch::news) : Optional.empty();
    if (known.isPresent()) {
      return known.get();
    }
    PollState before = kept.orElseGet(() -> PollState.begin(now));
    String id;
    try {
      id = id(request);
    } catch (PlatformException e) {
      if (!e.kind().retryable()) {
        throw e;
      }
      return unanswered(request, before.erred(now), e, now);
    }
    try {
      Duration fresh = PollPace.freshFor(pace.interval(before.age(now)));
      Optional<ContainerState> seen = place.reader().ask(id, fresh);
      return seen.isPresent()
          ? answered(request, before, seen.get(), now)
          : missing(request, before.erred(now), id, now);
    } catch (PlatformException e) {
      if (isNews(e)) {
        throw e;
      }
      return unanswered(request, before.erred(now), e, now);
    }
  }

  /** The one that an operator named, the one that was submitted once, or a new one. */
  private String id(RunContainer request) {
    return request
        .adopted()
        .or(() -> tools.ledger().recordedId(request.claim(), request.step(), request.key()))
        .orElseGet(
            () ->
                submitOnce.submit(
                    new ContainerEffect(place.runs(), request, () -> tools.settle().sleep(BEAT))));
  }

  /** What says something of this run, where all else is a look without an answer. */
  private static boolean isNews(PlatformException e) {
    return switch (e.kind()) {
      case STILL_RUNNING, RUN_STUCK, CLAIM_LOST -> true;
      case INPUT_REJECTED,
          ACCESS_DENIED,
          PLATFORM_UNAVAILABLE,
          OUTCOME_UNKNOWN,
          CHECKSUM_MISMATCH,
          RUN_FAILED,
          CONFLICT,
          PARTIAL ->
          false;
    };
  }

  private ContainerNews answered(
      RunContainer request, PollState before, ContainerState seen, Instant now) {
    if (seen.phase() == Phase.ENDED) {
      ContainerEnding ending = new ContainerEnding(place.runs(), tools, request);
      ContainerNews end = news(ending.of(seen, ContainerAttention.overBudget(before, now)));
      place.reader().forget(seen.id());
      return end;
    }
    PollState state = before.seen(seen.phase().name(), "", now);
    tools.memory().keep(state);
    if (overdue(request, seen, now)) {
      place
          .runs()
          .one(seen.id())
          .filter(sure -> overdue(request, sure, now))
          .ifPresent(sure -> place.runs().cancel(sure, OVERDUE_GRACE));
    }
    Optional<ContainerAttention> attention = ContainerAttention.answered(request, state, seen, now);
    if (!attention.equals(ContainerAttention.of(request.known()))) {
      return new ContainerNews(
          Optional.empty(),
          attention.map(
              why ->
                  why.text(
                      request.name()
                          + " is "
                          + seen.status()
                          + " for longer than "
                          + request.stuckAfter())));
    }
    throw PollPace.stillRunning(
        request.name() + " is " + seen.status(),
        PollPace.together(pace.interval(age(seen, state, now)), place.reader().age(seen.id())));
  }

  /** Lists may know the start only roughly, so that it is looked at twice. */
  private boolean overdue(RunContainer request, ContainerState seen, Instant now) {
    Duration timeout = request.spec().timeout();
    return !place.runs().endsOverdue()
        && seen.started()
            .filter(start -> Duration.between(start, now).compareTo(timeout) > 0)
            .isPresent();
  }

  /** It was submitted, so that it is not to be found means that the executor forgot it. */
  private ContainerNews missing(RunContainer request, PollState state, String id, Instant now) {
    EndNotes notes = new EndNotes(tools.outcomes());
    Optional<ContainerEnd> recorded = notes.recorded(request);
    if (recorded.isPresent()) {
      return news(recorded.get());
    }
    if (notes.isStopped(request)) {
      return news(notes.record(request, removed(id)));
    }
    if (state.erring(now).compareTo(place.runs().lag()) >= 0) {
      throw new PlatformException(
          FailureKind.RUN_STUCK,
          request.name()
              + " ("
              + id
              + ") was submitted, and "
              + request.executor().type()
              + " does not know it any more, so nobody can tell how it ended; look at its outputs,"
              + " then adopt, retry or skip");
    }
    return unanswered(
        request,
        state,
        new PlatformException(FailureKind.PLATFORM_UNAVAILABLE, "it is not listed yet"),
        now);
  }

  /** Some executors can stop only by removing. */
  private static ContainerEnd removed(String id) {
    return new ContainerEnd(
        id,
        ContainerEnd.How.STOPPED,
        Optional.empty(),
        "removed",
        Optional.empty(),
        "",
        Optional.empty(),
        List.of());
  }

  /** No answer is no failure of the container: asked again, and shown when it lasts. */
  private ContainerNews unanswered(
      RunContainer request, PollState state, PlatformException refusal, Instant now) {
    tools.memory().keep(state);
    Optional<ContainerAttention> attention = ContainerAttention.unanswered(request, state, now);
    if (!attention.equals(ContainerAttention.of(request.known()))) {
      String words = String.valueOf(refusal.getMessage());
      return new ContainerNews(Optional.empty(), attention.map(why -> why.text(words)));
    }
    throw PollPace.stillRunning(
        request.name()
            + " gave no answer "
            + state.errors()
            + (state.errors() == 1 ? " time (" : " times (")
            + refusal.getMessage()
            + ")",
        refusal.retryAfter().orElseGet(() -> PollPace.jittered(pace.afterErrors(state.errors()))));
  }

  private static Duration age(ContainerState seen, PollState state, Instant now) {
    Duration waited = state.age(now);
    Duration stated = seen.created().map(at -> Duration.between(at, now)).orElse(Duration.ZERO);
    return stated.compareTo(waited) > 0 ? stated : waited;
  }

  private static ContainerNews news(ContainerEnd end) {
    return new ContainerNews(Optional.of(end), Optional.empty());
  }
}
