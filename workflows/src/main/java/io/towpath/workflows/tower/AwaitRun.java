package io.towpath.workflows.tower;

import java.time.Duration;

/**
 * Asks for news of a run.
 *
 * @param run the run
 * @param known what the asker already knows; only something else is news
 * @param stuckSubmitted how long SUBMITTED may last before it needs attention
 * @param stuckRunning how long RUNNING may last without any change in its tasks
 * @param unknownGrace how long UNKNOWN may last
 */
public record AwaitRun(
    RunRef run,
    RunObservation known,
    Duration stuckSubmitted,
    Duration stuckRunning,
    Duration unknownGrace) {}
