package io.towpath.workflows.holder;

/**
 * A run that holds a lease or waits for it.
 *
 * @param workflowId its workflow id
 * @param firstRunId the run id that its first execution had: it outlives a reset and a
 *     continue-as-new, and a run that was started anew has another one
 */
public record LeaseHolder(String workflowId, String firstRunId) {}
