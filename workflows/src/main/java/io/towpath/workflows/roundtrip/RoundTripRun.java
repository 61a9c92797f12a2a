package io.towpath.workflows.roundtrip;

import io.towpath.workflows.RunSettings;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.progress.Operator;
import io.towpath.workflows.progress.Stages;
import java.time.Duration;

/** What the steps of one claimed round trip share. */
final class RoundTripRun {
  private final RoundTripSpec spec;
  private final Claim claim;
  private final String scope;
  private final Duration settle;
  private final Stages stages;
  private final Operator operator;
  private int maxParallel;

  /**
   * @param settings what the worker's settings mean for it
   */
  RoundTripRun(
      RoundTripSpec spec, Claim claim, RunSettings settings, Stages stages, Operator operator) {
    this.spec = spec;
    this.claim = claim;
    this.scope = settings.scoped(spec.businessKey());
    this.settle = Duration.ofMillis(settings.settleMillis());
    this.stages = stages;
    this.operator = operator;
    this.maxParallel = spec.request().stage().maxParallel();
  }

  RoundTripSpec spec() {
    return spec;
  }

  Claim claim() {
    return claim;
  }

  String scope() {
    return scope;
  }

  /** How long outputs may still appear once a run has ended. */
  Duration settle() {
    return settle;
  }

  Stages stages() {
    return stages;
  }

  Operator operator() {
    return operator;
  }

  S3Uri work() {
    return spec.work(claim.generation());
  }

  int maxParallel() {
    return maxParallel;
  }

  void amend(int parallel) {
    maxParallel = parallel;
  }
}
