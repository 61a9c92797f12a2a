package io.towpath.sandbox.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What an engine is told of a run.
 *
 * @param sessionId a UUID; runs of one session share their task cache
 * @param resume whether cached tasks of the session may be used
 * @param params the parsed parameters
 * @param workDir where tasks work, an {@code s3://} URI on a cloud environment
 */
public record RunSpec(
    String workflowId,
    String runName,
    String sessionId,
    boolean resume,
    Source source,
    ObjectNode params,
    String workDir) {

  /**
   * Which pipeline, and how it is configured.
   *
   * @param pipeline repository URL or {@code owner/name}
   * @param entryName the named workflow to begin with; empty for the unnamed one
   * @param configText Nextflow configuration that the launch brought; may be empty
   */
  public record Source(
      String pipeline,
      String commitId,
      String mainScript,
      String entryName,
      List<String> profiles,
      String configText) {}

  /** A text parameter, empty when absent. */
  public String param(String name) {
    return params.path(name).asText("");
  }
}
