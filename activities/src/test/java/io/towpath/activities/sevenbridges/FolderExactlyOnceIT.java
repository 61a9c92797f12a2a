package io.towpath.activities.sevenbridges;

import java.util.List;

/** A folder: its name is refused where it is taken. */
class FolderExactlyOnceIT extends SevenBridgesExactlyOnce {
  FolderExactlyOnceIT() {
    super(ImportScene.FOLDER);
  }

  @Override
  protected String submit() {
    return new FolderMaker(writer(), List.of(name())).ensure(scene().root).get(1).id();
  }
}
