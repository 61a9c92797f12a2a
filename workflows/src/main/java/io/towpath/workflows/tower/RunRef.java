package io.towpath.workflows.tower;

/**
 * A Seqera run. (The platform's API calls it a workflow, which here always means Temporal's.)
 *
 * @param connection name of the Seqera connection on the worker
 * @param workspaceId numeric workspace id; 0 is the personal workspace
 * @param workflowId the platform's id of the run
 * @param runName the name that carries the operation key
 */
public record RunRef(String connection, long workspaceId, String workflowId, String runName) {}
