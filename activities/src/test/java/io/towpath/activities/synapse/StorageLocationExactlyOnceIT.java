package io.towpath.activities.synapse;

import io.towpath.workflows.model.S3Uri;

/** A storage location: Synapse makes one of the same fields only once. */
class StorageLocationExactlyOnceIT extends SynapseExactlyOnce {
  StorageLocationExactlyOnceIT() {
    super("POST /storageLocation");
  }

  @Override
  void prepare(IndexScene place) {
    place.output("first.txt", "first").index();
  }

  @Override
  protected String submit() {
    S3Uri folder = S3Uri.of(SynapseSandbox.BUCKET, "locations/" + name());
    new OwnerFile(sandbox().clients(), folder)
        .ensure(sandbox().connections().get("default").user());
    return String.valueOf(new StorageLocation(sandbox().client(), folder).ensure(once(), claim()));
  }
}
