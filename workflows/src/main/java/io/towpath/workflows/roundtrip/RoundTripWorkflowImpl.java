package io.towpath.workflows.roundtrip;

import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.RunSettings;
import io.towpath.workflows.etl.EtlRun;
import java.util.Map;
import java.util.function.Function;

/** A run of the ETL that {@link RoundTripEtl} is. */
public final class RoundTripWorkflowImpl implements RoundTripWorkflow {
  private final EtlRun<RoundTripRequest, RoundTripSpec> run;

  /**
   * Made by the worker for each run.
   *
   * @param settings what the worker's settings mean; read once, then kept in history
   */
  public RoundTripWorkflowImpl(Function<Map<String, Object>, RunSettings> settings) {
    run = EtlRun.of(new RoundTripEtl(ActivityPolicy.DEADLINE), settings);
  }

  @Override
  public Map<String, Object> run(Map<String, Object> request) {
    return run.execute(request);
  }
}
