package io.towpath.activities.submit;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.RateBudget;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A platform that makes a new thing for each send, and counts them. */
final class FakePlatform implements Effect<String> {
  static final Claim CLAIM = new Claim("round-trip/syn1.1/test", 1, 1);
  static final RunKey KEY = new RunKey("abcdefghijklm");

  /** What happens to one send. */
  enum Answer {
    DONE(true, null),
    LOST_BEFORE(false, FailureKind.OUTCOME_UNKNOWN),
    LOST_AFTER(true, FailureKind.OUTCOME_UNKNOWN),
    THROTTLED(false, FailureKind.PLATFORM_UNAVAILABLE),
    REFUSED(false, FailureKind.INPUT_REJECTED),
    EXISTS(true, FailureKind.CONFLICT),
    CONFLICTS(false, FailureKind.CONFLICT);

    private final boolean commits;
    private final @org.jspecify.annotations.Nullable FailureKind failure;

    Answer(boolean commits, @org.jspecify.annotations.Nullable FailureKind failure) {
      this.commits = commits;
      this.failure = failure;
    }
  }

  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> made = new ArrayList<>();
  private final boolean doubles;
  private Duration horizon = Duration.ofDays(1);
  private Optional<RateBudget> quota = Optional.empty();
  private int writtenOff;
  private int hiddenLooks;
  private int failedLooks;
  private int looks;
  private int sends;

  FakePlatform(boolean doubles) {
    this.doubles = doubles;
  }

  FakePlatform answering(Answer... next) {
    answers.addAll(List.of(next));
    return this;
  }

  /** The next looks do not show what is there. */
  FakePlatform hidingFor(int numberOfLooks) {
    hiddenLooks = numberOfLooks;
    return this;
  }

  /** The looks after the first one get no answer. */
  FakePlatform failingLooks(int numberOfLooks) {
    failedLooks = numberOfLooks;
    return this;
  }

  FakePlatform rememberingFor(Duration time) {
    horizon = time;
    return this;
  }

  /** An operator took the first sends for never made. */
  FakePlatform writingOff(int first) {
    writtenOff = first;
    return this;
  }

  FakePlatform within(RateBudget budget) {
    quota = Optional.of(budget);
    return this;
  }

  int sends() {
    return sends;
  }

  int looks() {
    return looks;
  }

  List<String> made() {
    return made;
  }

  @Override
  public Claim claim() {
    return CLAIM;
  }

  @Override
  public String step() {
    return "rnaseq";
  }

  @Override
  public RunKey key() {
    return KEY;
  }

  @Override
  public Optional<RateBudget> quota() {
    return quota;
  }

  @Override
  public boolean canDouble() {
    return doubles;
  }

  @Override
  public Duration horizon() {
    return horizon;
  }

  @Override
  public int writtenOff() {
    return writtenOff;
  }

  @Override
  public Optional<String> find() {
    looks++;
    if (looks > 1 && failedLooks > 0) {
      failedLooks--;
      throw new PlatformException(FailureKind.PLATFORM_UNAVAILABLE, "no answer to the look");
    }
    if (!made.isEmpty() && hiddenLooks > 0) {
      hiddenLooks--;
      return Optional.empty();
    }
    return made.stream().findFirst();
  }

  @Override
  public String send() {
    sends++;
    Answer answer = answers.isEmpty() ? Answer.DONE : answers.remove();
    String id = "id-" + (made.size() + 1);
    if (answer.commits) {
      made.add(id);
    }
    if (answer.failure != null) {
      throw new PlatformException(answer.failure, "send answered " + answer);
    }
    return id;
  }

  @Override
  public String idOf(String thing) {
    return thing;
  }
}
