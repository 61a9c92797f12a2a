package io.towpath.activities.containers.kubernetes;

import io.towpath.activities.submit.ExactlyOnceContract;
import io.towpath.workflows.containers.RunContainer;
import org.junit.jupiter.api.AutoClose;

/** The create of a job, on any API server. */
abstract class JobExactlyOnce extends ExactlyOnceContract {
  @AutoClose private final Cluster cluster = new Cluster(server(), SETTLE_TIME, LATE);
  private final RunContainer request = cluster.scene.request("program");

  /** Called once, before anything else of the test is there. */
  abstract ApiServer server();

  @Override
  protected void strike(Fault fault, int times) {
    cluster.proxy.strike(fault, times);
  }

  @Override
  protected String submit() {
    return cluster.scene.submit(request);
  }

  @Override
  protected int effects() {
    return cluster.jobs();
  }

  @Override
  protected int calls() {
    return cluster.proxy.calls();
  }
}
