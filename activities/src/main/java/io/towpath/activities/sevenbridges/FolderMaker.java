package io.towpath.activities.sevenbridges;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.Hidden;
import io.towpath.activities.submit.Once;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.sevenbridges.ProjectFolder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes folders, parents first; the only writer of a run's folders. */
final class FolderMaker {
  private final ProjectWriter writer;
  private final Map<String, Set<String>> below = new TreeMap<>();
  private final List<ProjectFolder> folders = new ArrayList<>();
  private final List<Missing> missing = new ArrayList<>();
  private final List<String> taken = new ArrayList<>();

  /** A folder that there is not, in one that there is. */
  private record Missing(ProjectFolder parent, String name) {}

  /**
   * @param paths the folders that are needed, without slashes at their ends; the empty one is the
   *     root
   */
  FolderMaker(ProjectWriter writer, Collection<String> paths) {
    this.writer = writer;
    for (String path : paths) {
      for (String at = path; !at.isEmpty(); at = parent(at)) {
        below.computeIfAbsent(parent(at), any -> new TreeSet<>()).add(name(at));
      }
    }
  }

  /** Those folders and all above them, the root first. All are looked for before one is made. */
  List<ProjectFolder> ensure(String rootId) {
    ProjectFolder root = new ProjectFolder("", rootId, false);
    folders.add(root);
    look(root);
    if (!taken.isEmpty()) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "the project has files where folders are needed: "
              + String.join(", ", taken)
              + "; rename them or change import.path");
    }
    missing.forEach(one -> make(one.parent(), one.name()));
    folders.sort(Comparator.comparing(ProjectFolder::path));
    return List.copyOf(folders);
  }

  private void look(ProjectFolder folder) {
    Set<String> names = below.getOrDefault(folder.path(), Set.of());
    Map<String, ProjectFile> found =
        names.isEmpty() ? Map.of() : writer.files().in(folder.id(), names);
    for (String name : names) {
      ProjectFile there = found.get(name);
      String path = path(folder, name);
      if (there == null) {
        missing.add(new Missing(folder, name));
      } else if (there.folder()) {
        ProjectFolder child = new ProjectFolder(path, there.id(), false);
        folders.add(child);
        look(child);
      } else {
        taken.add("\"" + path + "\" (" + there.id() + ")");
      }
    }
  }

  /** Nothing lies in a new folder, so those below it need no look. */
  private void make(ProjectFolder parent, String name) {
    writer.attempt().heartbeat();
    ProjectFolder made = new ProjectFolder(path(parent, name), make(parent.id(), name), true);
    folders.add(made);
    below.getOrDefault(made.path(), Set.of()).forEach(child -> make(made, child));
  }

  private String make(String parentId, String name) {
    AtomicBoolean looked = new AtomicBoolean(true);
    return writer
        .submit()
        .submit(
            new Once<>(
                writer.claim(),
                "folder",
                parentId + "/" + name,
                () -> looked.getAndSet(false) ? Optional.empty() : find(parentId, name),
                () -> send(parentId, name)));
  }

  private Optional<String> find(String parentId, String name) {
    return Optional.ofNullable(writer.files().in(parentId, List.of(name)).get(name))
        .map(
            there -> {
              if (!there.folder()) {
                throw new PlatformException(
                    FailureKind.CONFLICT,
                    "the folder \"" + name + "\" cannot be made: " + there.id() + " has its name");
              }
              return there.id();
            });
  }

  private String send(String parentId, String name) {
    try {
      return SevenBridgesApi.required(writer.client().createFolder(parentId, name), "id");
    } catch (PlatformException e) {
      if (e.kind() != FailureKind.CONFLICT) {
        throw e;
      }
      return find(parentId, name).orElseThrow(() -> Hidden.because(e));
    }
  }

  private static String path(ProjectFolder parent, String name) {
    return parent.path().isEmpty() ? name : parent.path() + "/" + name;
  }

  private static String parent(String path) {
    return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
