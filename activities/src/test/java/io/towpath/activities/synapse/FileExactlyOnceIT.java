package io.towpath.activities.synapse;

import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.synapse.IndexTarget;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A file entity with annotations and provenance: unique by its name under its parent. */
class FileExactlyOnceIT extends SynapseExactlyOnce {
  private @Nullable IndexTarget target;

  FileExactlyOnceIT() {
    super("POST /entity/bundle2/create");
  }

  @Override
  void prepare(IndexScene place) {
    target = place.output("first.txt", "first").index().target();
  }

  @Override
  protected String submit() {
    if (target == null) {
      throw new IllegalStateException("nothing was indexed before");
    }
    sandbox().put("run/out/" + name(), name());
    WantedFile wanted =
        new WantedFile(
            claim(),
            parent(),
            new TargetPath("", name()),
            S3Uri.of(SynapseSandbox.BUCKET, "run/out/" + name()),
            IndexScene.md5(name()),
            OptionalLong.of(name().length()),
            OptionalLong.of(target.storageLocationId()),
            target.activityId(),
            Map.of(),
            Optional.empty());
    FileIndexer files = new FileIndexer(sandbox().client(), once(), sandbox().ledger);
    Optional<SeenFile> now = files.look(wanted);
    return files.index(wanted, now, now).synapseId();
  }
}
