package io.towpath.workflows.containers;

import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks for one container of one item and attempt. Executors forget what ended, so intents and ids
 * are kept in the ledger whatever the executor ({@code canDouble}).
 *
 * @param claim checked directly before anything is submitted
 * @param executor where
 * @param step names its notes in the ledger, {@code <step>[-<item>]}
 * @param key operation key; the container, job or task is called {@link #name()}
 * @param spec what runs
 * @param adopted the executor's id of one that an operator takes for ours
 * @param log where its log goes
 * @param stuckAfter how long it may wait to start before a person should look
 * @param known the attention that the asker knows of; only another one is news
 */
public record RunContainer(
    Claim claim,
    Executor executor,
    String step,
    RunKey key,
    ContainerSpec spec,
    Optional<String> adopted,
    S3Uri log,
    Duration stuckAfter,
    Optional<String> known) {
  /** The same, asked by somebody who knows of this attention. */
  public RunContainer knowing(Optional<String> attention) {
    return new RunContainer(claim, executor, step, key, spec, adopted, log, stuckAfter, attention);
  }

  /** Legal for Docker, AWS Batch, AWS ECS ({@code startedBy}) and Kubernetes. */
  public String name() {
    return nameOf(key);
  }

  /** The name of what carries a key. */
  public static String nameOf(RunKey key) {
    return "tp-" + key.value();
  }
}
