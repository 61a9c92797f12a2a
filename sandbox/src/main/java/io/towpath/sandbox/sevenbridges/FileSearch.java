package io.towpath.sandbox.sevenbridges;

import io.towpath.sandbox.http.Reply;
import java.util.List;
import java.util.Optional;

/** Listings of files: one folder level, with filters. */
final class FileSearch {
  private static final String METADATA = "metadata.";
  private final Realm realm;

  FileSearch(Realm realm) {
    this.realm = realm;
  }

  Reply list(Request request) {
    Optional<String> project = request.query("project");
    Optional<String> parent = request.query("parent");
    if (project.isPresent() && parent.isPresent()) {
      throw Refusal.PARENT_AND_PROJECT.thrown();
    }
    if (project.isPresent()) {
      if (!project.get().matches("[^/]+/[^/]+")) {
        throw Refusal.MALFORMED_FILE_PROJECT.thrown();
      }
      return page(
          request, realm.access.project(project.get(), Permission.READ).identity.rootFolder());
    }
    return page(request, folder(parent.orElseThrow(Refusal.NO_PARENT::thrown)).id());
  }

  Reply inFolder(Request request) {
    return page(request, folder(request.variable("id")).id());
  }

  private FileNode folder(String id) {
    FileNode folder = realm.access.file(id, Permission.READ);
    if (!folder.isFolder()) {
      throw Refusal.PARENT_NOT_FOLDER.thrown();
    }
    return folder;
  }

  private Reply page(Request request, String folder) {
    List<FileNode> found =
        realm.files.children(folder).stream()
            .filter(file -> !file.identity.visibleFrom().isAfter(request.now()))
            .filter(file -> fits(request, file))
            .toList();
    return request.page(found, file -> FileJson.of(request, file), FileJson.FEW);
  }

  private static boolean fits(Request request, FileNode file) {
    List<String> names = request.queries("name");
    List<String> tasks = request.queries("origin.task");
    boolean named = names.isEmpty() || names.contains(file.name);
    boolean made = tasks.isEmpty() || file.originTask.filter(tasks::contains).isPresent();
    return named
        && made
        && file.tags.containsAll(request.queries("tag"))
        && request.queryNames().stream().allMatch(name -> hasMetadata(request, name, file));
  }

  /** Values of one field are alternatives, different fields must all fit. */
  private static boolean hasMetadata(Request request, String name, FileNode file) {
    if (!name.startsWith(METADATA)) {
      return true;
    }
    String field = name.substring(METADATA.length());
    return request.queries(name).stream()
        .anyMatch(value -> Metadata.has(file.metadata, field, value));
  }

  /** All files that the account can read, in the order of their ids, by token instead of offset. */
  Reply scroll(Request request) {
    if (!request.advanceAccess()) {
      throw Refusal.FORBIDDEN.thrown(
          "Forbidden. The header X-SBG-Advance-Access: advance is required.");
    }
    String project = request.query("project").orElseThrow(Refusal.NO_PARENT::thrown);
    String token = request.query("token").orElse("init");
    Project found = realm.access.project(project, Permission.READ);
    List<FileNode> all =
        realm.files.below(found.identity.rootFolder()).stream()
            .filter(file -> !file.identity.visibleFrom().isAfter(request.now()))
            .sorted(java.util.Comparator.comparing(FileNode::id))
            .filter(file -> token.equals("init") || file.id().compareTo(token) > 0)
            .toList();
    return request.scroll(all, file -> FileJson.of(request, file), FileNode::id);
  }
}
