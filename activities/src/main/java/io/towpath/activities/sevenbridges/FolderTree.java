package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.samples.SampleFile;
import io.towpath.workflows.sevenbridges.ProjectFolder;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.EnsureFolders;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.FoldersMade;
import java.util.List;
import java.util.TreeSet;

/** Every folder that the files of a sheet go to. */
final class FolderTree {
  private final ProjectWriter writer;
  private final S3Documents documents;

  FolderTree(ProjectWriter writer, S3Documents documents) {
    this.writer = writer;
    this.documents = documents;
  }

  FoldersMade ensure(EnsureFolders request) {
    TreeSet<String> paths = new TreeSet<>();
    documents.forEach(request.files(), SampleFile.class, file -> paths.add(file.folder()));
    JsonNode project =
        writer
            .client()
            .project(request.project())
            .orElseThrow(
                () ->
                    new PlatformException(
                        FailureKind.INPUT_REJECTED,
                        "project " + request.project() + " is not to be found any more"));
    List<ProjectFolder> folders =
        new FolderMaker(writer, paths).ensure(project.path("root_folder").asText());
    documents.writePage(request.result(), folders);
    return new FoldersMade(
        request.result(), (int) folders.stream().filter(ProjectFolder::made).count());
  }
}
