package io.towpath.activities.sevenbridges;

import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.samples.SampleFile;
import io.towpath.workflows.sevenbridges.ImportJob;
import io.towpath.workflows.sevenbridges.ProjectFolder;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ImportPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The files of one page of imports, and what can be said of each. */
final class Imports {
  private Imports() {}

  static List<ImportItem> items(S3Documents documents, ImportPage request) {
    Map<String, ProjectFolder> folders =
        documents.readPage(request.folders(), ProjectFolder.class).stream()
            .collect(Collectors.toMap(ProjectFolder::path, Function.identity()));
    List<ImportItem> items = new ArrayList<>();
    for (SampleFile file :
        documents.readPage(request.files().page(request.page()), SampleFile.class)) {
      ProjectFolder folder = folders.get(file.folder());
      if (folder == null) {
        throw new IllegalArgumentException(
            "folder \"" + file.folder() + "\" is not among those of " + request.folders());
      }
      VolumePlace source = new VolumePlace(request.volume(), file.location());
      items.add(new ImportItem(items.size(), source, folder.id(), folder.made(), file));
    }
    return items;
  }

  static ImportJob job(String importId) {
    return new ImportJob(Optional.of(importId), Optional.empty(), Optional.empty());
  }

  static ImportJob there(String fileId) {
    return new ImportJob(Optional.empty(), Optional.of(fileId), Optional.empty());
  }

  static ImportJob failed(String words) {
    return new ImportJob(Optional.empty(), Optional.empty(), Optional.of(words));
  }
}
