package io.towpath.activities.synapse;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.outside.OutsideFiles;
import io.towpath.activities.samplesheet.ManifestSource;
import io.towpath.activities.samplesheet.Sheet;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.submit.Attempt;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.model.FileRef;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Manifests as they lie in Synapse; what was seen of their files before is not asked again. */
public final class SynapseManifests implements ManifestSource {
  private final ManifestStaging manifests;
  private final Supplier<Attempt> attempts;

  /**
   * @param attempts the attempt that a look is part of, {@code Attempt::ofActivity} in a worker
   */
  public SynapseManifests(
      SynapseConnections connections,
      S3Clients s3,
      OutsideFiles outside,
      SubmitLedger ledger,
      PageRunner pages,
      Supplier<Attempt> attempts) {
    this.manifests = new ManifestStaging(connections, s3, outside, ledger, pages);
    this.attempts = attempts;
  }

  @Override
  public Sheet look(Wanted wanted, Consumer<FileRef> files) {
    return manifests.look(wanted, files, attempts.get()::heartbeat);
  }
}
