package io.towpath.workflows.etl;

import io.towpath.workflows.RunSettings;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.progress.Operator;
import io.towpath.workflows.progress.Stages;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the steps of one claimed run share. */
public final class ClaimedRun<S extends EtlSpec> {
  private static final int EARLIER = 10;

  private final S spec;
  private final Claim claim;
  private final RunSettings settings;
  private final Stages stages;
  private final Operator operator;
  private final Notices notices;
  private Optional<Integer> amended = Optional.empty();

  ClaimedRun(S spec, Claim claim, RunSettings settings, Stages stages, Operator operator) {
    this.spec = spec;
    this.claim = claim;
    this.settings = settings;
    this.stages = stages;
    this.operator = operator;
    this.notices = new Notices(this);
  }

  public S spec() {
    return spec;
  }

  public Claim claim() {
    return claim;
  }

  /** What the worker's settings meant when the run began. */
  public RunSettings settings() {
    return settings;
  }

  public Stages stages() {
    return stages;
  }

  public Operator operator() {
    return operator;
  }

  /** Tells people. */
  public Notices notices() {
    return notices;
  }

  /** Where this generation's working lists and its report lie. */
  public S3Uri work() {
    return spec.work(settings, claim.generation());
  }

  /** Where those of earlier generations lie, the newest ten at most and the newest first. */
  public List<S3Uri> earlierWork() {
    return IntStream.rangeClosed(1, Math.min(EARLIER, claim.generation() - 1))
        .mapToObj(back -> spec.work(settings, claim.generation() - back))
        .toList();
  }

  /** Items at a time; an operator may change it. */
  public int atOnce() {
    return amended.orElse(spec.atOnce());
  }

  /** Items at a time, if an operator changed it. */
  public Optional<Integer> amended() {
    return amended;
  }

  void amend(int items) {
    amended = Optional.of(items);
  }
}
