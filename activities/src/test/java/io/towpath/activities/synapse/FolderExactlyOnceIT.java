package io.towpath.activities.synapse;

/** A folder: unique by its name under its parent. */
class FolderExactlyOnceIT extends SynapseExactlyOnce {
  FolderExactlyOnceIT() {
    super("POST /entity");
  }

  @Override
  protected String submit() {
    return new FolderMaker(sandbox().client(), once(), claim()).ensure(parent(), name());
  }
}
