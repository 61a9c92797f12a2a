package io.towpath.activities.tower;

import io.towpath.activities.containers.ContainerScene;
import io.towpath.activities.submit.ExactlyOnceContract;
import io.towpath.workflows.containers.RunContainer;
import org.junit.jupiter.api.AutoClose;

/** The launch of a run that stands for a container. */
class StepExactlyOnceTest extends ExactlyOnceContract {
  @AutoClose private final SeqeraStandIn seqera = new SeqeraStandIn(SETTLE_TIME);

  @AutoClose
  private final ContainerScene scene =
      new ContainerScene(
          seqera.executor(), StepRunsTest.place("1.0.0"), StepRunsTest.IMAGE, SETTLE_TIME);

  private final RunContainer request = scene.request("--dataset", "x");

  @Override
  protected void strike(Fault fault, int times) {
    seqera.strike(SeqeraStandIn.LAUNCH, times, LaunchExactlyOnceTest.inSandbox(fault));
  }

  @Override
  protected String submit() {
    return scene.submit(request);
  }

  @Override
  protected int effects() {
    return seqera.launches().size();
  }

  @Override
  protected int calls() {
    return (int) seqera.calls(SeqeraStandIn.LAUNCH);
  }
}
