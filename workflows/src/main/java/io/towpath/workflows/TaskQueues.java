package io.towpath.workflows;

/**
 * Task queues: workflows on one, activities on one per platform, so that each can have its own
 * limit.
 */
public final class TaskQueues {
  public static final String WORKFLOWS = "towpath";
  public static final String SYNAPSE = "towpath-synapse";
  public static final String S3 = "towpath-s3";
  public static final String SEQERA = "towpath-seqera";
  public static final String SEVEN_BRIDGES = "towpath-sevenbridges";
  public static final String DRS = "towpath-drs";
  public static final String CONTAINERS = "towpath-container";

  private TaskQueues() {}
}
