package io.towpath.workflows.tower;

import java.util.Optional;

/**
 * What a request says about where and what to run, as written.
 *
 * @param connection name of the Seqera connection on the worker
 * @param place path of the run in the request, such as {@code runs[0]}, for problems
 * @param pipeline repository URL, {@code owner/name}, or the name or id of a launchpad pipeline
 * @param revision tag, branch or commit; empty means the launchpad's own
 * @param allowMovingRef whether a branch is accepted
 * @param computeEnv a compute environment's id or name; empty leaves the choice to {@code match},
 *     or to the workspace's primary one
 * @param match part of the name of an AVAILABLE compute environment, newest first
 */
public record RunSpec(
    String connection,
    String place,
    String pipeline,
    Optional<String> revision,
    boolean allowMovingRef,
    Optional<String> computeEnv,
    Optional<String> match) {}
