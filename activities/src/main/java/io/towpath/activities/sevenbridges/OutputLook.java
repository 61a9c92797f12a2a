package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.glob.Globs;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.CollectPage;
import io.towpath.workflows.sevenbridges.TaskOutput;
import io.towpath.workflows.sevenbridges.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The first look at a page of outputs: what there is, its metadata, and what is to be exported. */
final class OutputLook {
  private final TaskTools tools;
  private final CollectPage request;
  private final VolumePlaces places;
  private final SevenBridgesClient client;
  private final Map<String, JsonNode> files = new HashMap<>();
  private final List<Output> outputs = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  OutputLook(TaskTools tools, CollectPage request, VolumePlaces places) {
    this.tools = tools;
    this.request = request;
    this.places = places;
    this.client = tools.account().client();
  }

  /**
   * One file of one task.
   *
   * @param inputs ids of the files that the task was given
   */
  private record Output(TaskState line, OutputTree.Found found, Set<String> inputs) {}

  Collected take() {
    List<TaskState> lines =
        tools.documents().readPage(request.tasks().page(request.page()), TaskState.class);
    find(lines);
    if (request.inheritMetadata()) {
      inherit();
    }
    List<ExportJob> jobs =
        request
            .export()
            .map(
                target ->
                    new Exports(tools, request.request().claim(), target)
                        .send(toExport(new OutputPlaces(target))))
            .orElse(List.of());
    return new Collected(rows(lines), jobs, problems);
  }

  /** Nothing is taken of a task that did not succeed. */
  private void find(List<TaskState> lines) {
    List<TaskState> done =
        lines.stream().filter(line -> phase(line) == TaskPhase.COMPLETED).toList();
    Map<String, TaskRow> tasks = tools.rows(done.stream().map(TaskState::taskId).toList());
    OutputTree tree =
        new OutputTree(client, new Globs(request.include(), List.of()), tools.attempt()::heartbeat);
    for (TaskState line : done) {
      TaskRow task = tasks.get(line.taskId());
      if (task == null) {
        problems.add("task " + line.taskId() + " of sample " + line.sample() + " is gone");
      } else {
        Set<String> inputs = Set.copyOf(task.json().path("inputs").findValuesAsText("path"));
        tree.of(task).forEach(found -> outputs.add(new Output(line, found, inputs)));
      }
    }
    files.putAll(tree.listed());
    ask();
  }

  private void ask() {
    Set<String> unknown = new LinkedHashSet<>();
    outputs.forEach(output -> unknown.add(output.found().fileId()));
    unknown.removeAll(files.keySet());
    Map<String, String> unreadable = new TreeMap<>();
    for (List<String> some : Parts.of(List.copyOf(unknown), SevenBridgesApi.BULK)) {
      tools.attempt().heartbeat();
      files.putAll(ReferenceCopies.look(client, some, unreadable));
    }
    unreadable.forEach(
        (id, words) -> problems.add("output file " + id + " cannot be read: " + words));
  }

  /** Sets what is missing and nothing else; a file that the task was given is not its own. */
  private void inherit() {
    InheritedMetadata metadata = InheritedMetadata.read(tools.documents(), request.files());
    Map<String, ObjectNode> changes = new LinkedHashMap<>();
    for (Output output : outputs) {
      made(output)
          .flatMap(file -> metadata.change(output.line().sample(), file))
          .ifPresent(change -> changes.putIfAbsent(output.found().fileId(), change));
    }
    for (List<ObjectNode> some : Parts.of(List.copyOf(changes.values()), SevenBridgesApi.BULK)) {
      tools.attempt().heartbeat();
      tools.ledger().requireHeldLately(request.request().claim());
      List<JsonNode> answers = client.editFiles(some);
      for (int i = 0; i < some.size() && i < answers.size(); i++) {
        if (!answers.get(i).hasNonNull("resource")) {
          BulkError error = BulkError.of(answers.get(i));
          error.requireClear();
          problems.add(
              "metadata of file " + some.get(i).path("id").asText() + ": " + error.words());
        }
      }
    }
  }

  /** Where the files go that lie in the platform's own storage, by id. */
  private Map<String, String> toExport(OutputPlaces wanted) {
    Map<String, String> locations = new LinkedHashMap<>();
    for (Output output : outputs) {
      Optional<ProjectFile> file = made(output);
      if (file.isPresent()) {
        String place = wanted.of(output.line(), output.found(), file.get().name());
        if (file.get().source().isEmpty()) {
          locations.putIfAbsent(file.get().id(), place);
        }
      }
    }
    return locations;
  }

  /** The file, if the task made it: apps also hand on files that they were given. */
  private Optional<ProjectFile> made(Output output) {
    JsonNode file = files.get(output.found().fileId());
    if (file == null || output.inputs().contains(output.found().fileId())) {
      return Optional.empty();
    }
    String by = file.at("/origin/task").asText("");
    return by.isEmpty() || by.equals(output.line().taskId())
        ? Optional.of(ProjectFile.of(file))
        : Optional.empty();
  }

  /** One row for each file, and one for each task without any. */
  private List<TaskOutput> rows(List<TaskState> lines) {
    Map<String, List<TaskOutput>> bySample = new LinkedHashMap<>();
    lines.forEach(line -> bySample.put(line.sample(), new ArrayList<>()));
    for (Output output : outputs) {
      Optional.ofNullable(bySample.get(output.line().sample()))
          .ifPresent(rows -> rows.add(row(output)));
    }
    List<TaskOutput> rows = new ArrayList<>();
    for (TaskState line : lines) {
      List<TaskOutput> found = bySample.getOrDefault(line.sample(), List.of());
      OutputTree.Found none = new OutputTree.Found("", "", "", "", 0);
      rows.addAll(found.isEmpty() ? List.of(row(new Output(line, none, Set.of()))) : found);
    }
    return rows;
  }

  private TaskOutput row(Output output) {
    OutputTree.Found found = output.found();
    Optional<ProjectFile> file =
        Optional.ofNullable(files.get(found.fileId())).map(ProjectFile::of);
    String app = request.request().app();
    int slash = app.lastIndexOf('/');
    return new TaskOutput(
        output.line().sample(),
        output.line().taskId(),
        found.port(),
        found.fileId(),
        file.map(ProjectFile::name).orElse(found.name()),
        file.map(ProjectFile::sizeBytes).orElse(found.sizeBytes()),
        file.flatMap(ProjectFile::source).flatMap(places::of),
        app.substring(0, slash),
        Integer.parseInt(app.substring(slash + 1)),
        output.line().status());
  }

  private static TaskPhase phase(TaskState line) {
    return TaskPhase.of(line.status());
  }
}
