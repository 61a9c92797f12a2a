package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Files and folders as answers show them. */
final class FileJson {
  static final String[] FEW = {"href", "id", "name", "project", "parent", "type"};

  private FileJson() {}

  static ObjectNode of(Request request, FileNode file) {
    return of(request.href("/files/" + file.id()), file);
  }

  static ObjectNode of(String href, FileNode file) {
    ObjectNode json = Fields.object().put("href", href);
    json.put("id", file.id()).put("name", file.name);
    json.put("type", file.isFolder() ? "folder" : "file");
    json.put("project", file.projectId()).put("parent", file.parent);
    json.put("created_on", Fields.time(file.identity.created()));
    json.put("modified_on", Fields.time(file.modified));
    Optional<FileNode.Content> content = file.content;
    if (content.isPresent()) {
      json.put("size", content.get().size());
      json.set("storage", storage(content.get()));
    }
    ObjectNode origin = json.putObject("origin");
    file.originTask.ifPresent(task -> origin.put("task", task));
    json.set("tags", Fields.texts(file.tags));
    json.set("metadata", file.metadata.deepCopy());
    return json;
  }

  private static ObjectNode storage(FileNode.Content content) {
    ObjectNode storage = Fields.object();
    if (content.volume().isPresent()) {
      storage.put("type", "VOLUME").put("volume", content.volume().get());
      return storage.put("location", content.location());
    }
    storage.put("type", "PLATFORM").putArray("hosted_on_locations").add("aws:us-east-1");
    return storage;
  }

  /** A file as inputs and outputs of tasks name it. */
  static ObjectNode asValue(FileNode file) {
    ObjectNode json = Fields.object();
    json.put("class", file.isFolder() ? "Directory" : "File");
    return json.put("path", file.id()).put("name", file.name);
  }
}
