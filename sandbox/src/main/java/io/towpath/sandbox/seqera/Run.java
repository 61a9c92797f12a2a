package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.engine.Execution;
import io.towpath.sandbox.engine.Repository;
import io.towpath.sandbox.engine.RunState;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** One run (the platform's API calls it a workflow) with its launch and what carries it out. */
final class Run {
  /**
   * What never changes of a run.
   *
   * @param commitId shown once the head job began
   * @param visibleFrom when listings and searches begin to show the run
   */
  record Identity(
      String id,
      String runName,
      String sessionId,
      boolean resume,
      Repository repository,
      String commitId,
      Instant submit,
      Instant visibleFrom) {}

  private final Identity identity;
  private final Launch launch;
  private final ObjectNode params;
  private final Execution execution;
  private final Set<Long> labels;
  private boolean starred;

  Run(
      Identity identity,
      Launch launch,
      ObjectNode params,
      Execution execution,
      Collection<Long> labels) {
    this.identity = identity;
    this.launch = launch;
    this.params = params;
    this.execution = execution;
    this.labels = new LinkedHashSet<>(labels);
  }

  Identity identity() {
    return identity;
  }

  String id() {
    return identity.id();
  }

  Launch launch() {
    return launch;
  }

  ObjectNode params() {
    return params.deepCopy();
  }

  Execution execution() {
    return execution;
  }

  RunState look() {
    return execution.look();
  }

  synchronized Set<Long> labels() {
    return Set.copyOf(labels);
  }

  synchronized void setLabels(Collection<Long> ids) {
    labels.clear();
    labels.addAll(ids);
  }

  synchronized boolean starred() {
    return starred;
  }

  synchronized void star(boolean on) {
    starred = on;
  }
}
