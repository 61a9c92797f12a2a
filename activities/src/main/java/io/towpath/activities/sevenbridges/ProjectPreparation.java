package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.sevenbridges.ProjectFolder;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.PrepareProject;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.PreparedProject;
import io.towpath.workflows.sevenbridges.TargetSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the project ready: itself, the app in it, the files that the app suggests. */
final class ProjectPreparation {
  private final ProjectWriter writer;
  private final PrepareProject request;

  ProjectPreparation(ProjectWriter writer, PrepareProject request) {
    this.writer = writer;
    this.request = request;
  }

  PreparedProject run() {
    TargetSpec spec = request.spec();
    ProjectEffect effect = new ProjectEffect(writer.client(), request);
    JsonNode project = project(effect);
    JsonNode app =
        writer
            .client()
            .app(request.target().app())
            .orElseThrow(() -> gone("app " + request.target().app()));
    String appId =
        spec.copyToProject()
            ? new AppCopy(writer).ensure(spec.project(), app)
            : AppCopy.revisionId(app);
    SuggestedFiles suggested =
        spec.copySuggestedFiles()
            ? SuggestedFiles.of(app.path("raw"))
            : new SuggestedFiles(Map.of());
    ReferenceCopies.Copies copies =
        new ReferenceCopies(writer)
            .ensure(spec.project(), suggested.fileIds(), () -> references(project));
    return new PreparedProject(
        appId,
        appId.substring(0, appId.lastIndexOf('/')),
        effect.isOurs(project),
        copies.made(),
        suggested.values(copies.byId()));
  }

  private JsonNode project(ProjectEffect effect) {
    Optional<JsonNode> there = writer.client().project(request.spec().project());
    if (there.isPresent()) {
      return there.get();
    }
    if (!request.spec().createProject()) {
      throw gone("project " + request.spec().project());
    }
    return writer.submit().submit(effect);
  }

  private String references(JsonNode project) {
    List<ProjectFolder> folders =
        new FolderMaker(writer, List.of(ReferenceCopies.FOLDER))
            .ensure(project.path("root_folder").asText());
    return folders.get(folders.size() - 1).id();
  }

  private static PlatformException gone(String what) {
    return new PlatformException(
        FailureKind.INPUT_REJECTED, what + " was there before and is not to be found any more");
  }
}
