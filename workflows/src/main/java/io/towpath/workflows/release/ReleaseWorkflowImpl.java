package io.towpath.workflows.release;

import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.RunSettings;
import io.towpath.workflows.etl.EtlRun;
import java.util.Map;
import java.util.function.Function;

/** A run of the ETL that {@link ReleaseEtl} is. */
public final class ReleaseWorkflowImpl implements ReleaseWorkflow {
  private final EtlRun<ReleaseRequest, ReleaseSpec> run;

  /**
   * Made by the worker for each run.
   *
   * @param settings what the worker's settings mean; read once, then kept in history
   */
  public ReleaseWorkflowImpl(Function<Map<String, Object>, RunSettings> settings) {
    run = EtlRun.of(new ReleaseEtl(ActivityPolicy.DEADLINE), settings);
  }

  @Override
  public Map<String, Object> run(Map<String, Object> request) {
    return run.execute(request);
  }
}
