package io.towpath.activities.sevenbridges;

import io.towpath.workflows.sevenbridges.TaskOutput;
import java.util.List;

/**
 * One page of outputs on its way: what the first attempt saw and sent, for the later ones.
 *
 * @param outputs in the order of the tasks
 * @param jobs exports under way
 * @param problems what went wrong with single files
 */
record Collected(List<TaskOutput> outputs, List<ExportJob> jobs, List<String> problems) {
  Collected with(List<ExportJob> now) {
    return new Collected(outputs, now, problems);
  }

  /** How many exports go on. */
  long open() {
    return jobs.stream().filter(job -> !job.ended()).count();
  }
}
