package io.towpath.workflows.etl;

import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.progress.Operator;
import io.towpath.workflows.synapse.SynapseActivities;
import io.towpath.workflows.synapse.SynapseActivities.InspectFolder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at what a request names, all under way at once, each by the field that names it. */
public final class Looks {
  private final Map<String, Promise<List<Problem>>> looks = new LinkedHashMap<>();

  /**
   * Activities that look before the first effect.
   *
   * @param patience how long an unreachable platform is waited for
   */
  public static <T> T stub(Class<T> type, String taskQueue, String summary, Duration patience) {
    return Operator.stub(type, ActivityPolicy.preflight(taskQueue, summary, patience));
  }

  public void add(String place, Promise<List<Problem>> look) {
    looks.put(place, look);
  }

  /** Begins to look at a folder of Synapse. */
  public void folder(SynapseActivities synapse, String connection, SynapseId folder, String place) {
    add(
        place,
        Async.function(synapse::inspectFolder, new InspectFolder(connection, folder, place)));
  }

  /** Waits for all of them, in order. */
  public void tell(Problems problems) {
    looks.forEach((place, look) -> problems.unlessRefused(look, place).ifPresent(problems::addAll));
  }
}
