package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.s3.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs apps for real, with cwltool, on the files' own bytes. */
final class CwlTasks implements TaskEngine {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int AT_ONCE = 2;
  private static final int LOG_LINES = 20;

  private final Realm realm;
  private final CwlRunner runner;
  private final Map<String, Process> running = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, CwlTasks::daemon);

  CwlTasks(Realm realm, CwlRunner runner) {
    this.realm = realm;
    this.runner = runner;
  }

  @Override
  public void run(Task task, Instant now, Ending ending) {
    ObjectNode app = task.app.cwl().deepCopy();
    app.remove("id");
    app.remove(
        Stream.of("revision", "project", "createdBy", "latestRevision", "id", "revisionNotes")
            .map(name -> "sbg:" + name)
            .toList());
    Map<Path, FileNode.Content> wanted = new LinkedHashMap<>();
    Path folder = runner.scratch().resolve(task.id());
    ObjectNode inputs = task.inputs.deepCopy();
    inputs.forEach(value -> localize(value, folder.resolve("in"), wanted));
    Future<?> unused =
        threads.submit(() -> carryOut(task.id(), folder, app, inputs, wanted, ending));
  }

  /** Gives files local paths, each in a folder of its own because names may be equal. */
  private void localize(JsonNode value, Path folder, Map<Path, FileNode.Content> wanted) {
    if (!(value instanceof ObjectNode object) || !object.has("class")) {
      value.forEach(item -> localize(item, folder, wanted));
      return;
    }
    Optional<FileNode> found = realm.files.find(object.path("path").asText(""));
    if (found.isEmpty()) {
      return;
    }
    FileNode file = found.get();
    Path local = folder.resolve(String.valueOf(wanted.size())).resolve(file.name);
    object.removeAll();
    object.put("class", file.isFolder() ? "Directory" : "File").put("path", local.toString());
    want(file, local, wanted);
  }

  private void want(FileNode file, Path local, Map<Path, FileNode.Content> wanted) {
    file.content.ifPresent(content -> wanted.put(local, content));
    for (FileNode child : realm.files.children(file.id())) {
      want(child, local.resolve(child.name), wanted);
    }
  }

  private void carryOut(
      String taskId,
      Path folder,
      ObjectNode app,
      ObjectNode inputs,
      Map<Path, FileNode.Content> wanted,
      Ending ending) {
    try {
      download(wanted, realm.store);
      Files.createDirectories(folder.resolve("out"));
      Files.writeString(folder.resolve("app.cwl"), app.toString());
      Files.writeString(folder.resolve("inputs.json"), inputs.toString());
      Process process = runner.process(folder).start();
      running.put(taskId, process);
      int exit = process.waitFor();
      running.remove(taskId);
      if (exit != 0) {
        fail(ending, "cwltool exited with " + exit + ": " + lastLines(folder.resolve("log.txt")));
        return;
      }
      JsonNode outputs = JSON.readTree(Files.readString(folder.resolve("outputs.json")));
      Map<String, JsonNode> values =
          outputs.properties().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
      synchronized (realm) {
        ending.completed(realm.settings.clock().instant(), new Results(Optional.of(values)));
      }
    } catch (IOException | RuntimeException e) {
      fail(ending, "The task could not be carried out: " + e);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private static void download(Map<Path, FileNode.Content> wanted, ObjectStore store)
      throws IOException {
    for (var file : wanted.entrySet()) {
      Path folder = Optional.ofNullable(file.getKey().getParent()).orElseThrow();
      Files.createDirectories(folder);
      FileNode.Content content = file.getValue();
      try (InputStream in = store.open(content.bucket(), content.key(), 0, -1)) {
        Files.copy(in, file.getKey());
      }
    }
  }

  private void fail(Ending ending, String message) {
    synchronized (realm) {
      ending.failed(realm.settings.clock().instant(), message);
    }
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }

  @Override
  public void stop(Task task) {
    Optional.ofNullable(running.remove(task.id())).ifPresent(Process::destroy);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "sevenbridges-cwl");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    running.values().forEach(Process::destroy);
    threads.shutdownNow();
  }
}
