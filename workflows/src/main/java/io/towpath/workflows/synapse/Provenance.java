package io.towpath.workflows.synapse;

import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.SynapseId;
import java.util.List;
import java.util.Optional;

/**
 * What produced the files.
 *
 * @param name activity name, carries the operation key
 * @param description where S3 URIs and digests go, which Synapse takes in no link
 * @param used entities with their versions, and links
 * @param inputs pages of {@link io.towpath.workflows.model.FileRef}, of which the first 500 are
 *     used too
 * @param executed links to the pipeline at its commit and to the run, and what was named
 */
public record Provenance(
    String name,
    String description,
    List<Source> used,
    Optional<ManifestRef> inputs,
    List<Source> executed) {
  public Provenance {
    used = List.copyOf(used);
    executed = List.copyOf(executed);
  }

  /**
   * What went in.
   *
   * @param name how a link is called; entities have names of their own
   * @param reference a Synapse id, with a version where it has one, or an http or https link
   */
  public record Source(String name, String reference) {
    /** The entity, where it is one. */
    public Optional<SynapseId> entity() {
      return reference.startsWith("syn") ? Optional.of(new SynapseId(reference)) : Optional.empty();
    }
  }
}
