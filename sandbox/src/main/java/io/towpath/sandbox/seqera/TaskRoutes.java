package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.engine.RunState;
import io.towpath.sandbox.engine.TaskRecord;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A run's tasks, logs, files and metrics. */
final class TaskRoutes {
  private final Account account;
  private final Runs runs;

  TaskRoutes(Account account, Runs runs) {
    this.account = account;
    this.runs = runs;
  }

  List<Route> routes() {
    String one = "/workflow/{workflowId}";
    return List.of(
        Route.reading("GET", one + "/tasks", this::tasks),
        Route.reading(
            "GET", one + "/task/{taskId}", call -> Answers.ok("task", TaskJson.of(task(call)))),
        Route.reading("GET", one + "/log", this::headLog),
        Route.reading("GET", one + "/log/{taskId}", this::taskLog),
        Route.reading("GET", one + "/download", this::download),
        Route.reading("GET", one + "/download/{taskId}", this::downloadTask),
        Route.reading(
            "GET",
            one + "/metrics",
            call -> Answers.ok("metrics", MetricsJson.of(find(call).look().tasks()))));
  }

  /** The total's key is {@code total} here, unlike in every other list. */
  private Reply tasks(Call call) {
    Query.Page page = Query.page(call);
    String search = call.query("search").orElse("").strip().toLowerCase(Locale.ROOT);
    List<TaskRecord> found =
        find(call).look().tasks().stream()
            .filter(task -> matches(task, search))
            .sorted(order(call))
            .toList();
    ObjectNode node = Answers.object().put("total", found.size());
    node.set(
        "tasks",
        Answers.array(
            page.of(found).stream().map(task -> Answers.object().set("task", TaskJson.of(task)))));
    return Reply.json(200, node);
  }

  private static boolean matches(TaskRecord task, String search) {
    return List.of(task.name(), task.status(), task.place().hash(), task.tag()).stream()
        .anyMatch(field -> field.toLowerCase(Locale.ROOT).contains(search));
  }

  private static Comparator<TaskRecord> order(Call call) {
    Comparator<TaskRecord> order =
        switch (call.query("sortBy").orElse("taskId")) {
          case "process" -> Comparator.comparing(TaskRecord::process);
          case "name" -> Comparator.comparing(TaskRecord::name);
          case "status" -> Comparator.comparing(TaskRecord::status);
          default -> Comparator.comparingLong(TaskRecord::id);
        };
    boolean down = call.query("sortDir").orElse("asc").toLowerCase(Locale.ROOT).startsWith("desc");
    return down ? order.reversed() : order;
  }

  private Reply headLog(Call call) {
    Run run = find(call);
    RunState state = run.look();
    ObjectNode page = LogPages.page(call, state.log(), !state.ended());
    String stdout = "nf-" + run.id() + ".txt";
    String log = "nf-" + run.id() + ".log";
    page.withArray("downloads").add(LogPages.download(stdout, "Nextflow console output"));
    page.withArray("downloads").add(LogPages.download(log, "Nextflow log file"));
    return Answers.ok("log", page);
  }

  private Reply taskLog(Call call) {
    TaskRecord task = task(call);
    ObjectNode page =
        LogPages.page(call, task.place().log().lines().toList(), task.exit().isEmpty());
    page.withArray("downloads").add(LogPages.download(".command.out", "Task stdout"));
    page.withArray("downloads").add(LogPages.download(".command.err", "Task stderr"));
    page.withArray("downloads").add(LogPages.download(".command.log", "Task log file"));
    return Answers.ok("log", page);
  }

  private Reply download(Call call) {
    Run run = find(call);
    String name = call.query("fileName").orElse("");
    if (name.equals("nf-" + run.id() + ".txt")) {
      return file(name, String.join("\n", run.look().log()) + "\n");
    }
    if (name.equals("nf-" + run.id() + ".log")) {
      return file(name, run.execution().headLog());
    }
    if (name.equals("timeline-" + run.id() + ".html")) {
      return file(name, "<!doctype html><title>Timeline</title>");
    }
    throw Answers.badRequest("Unknown file name: '" + name + "'");
  }

  private Reply downloadTask(Call call) {
    TaskRecord task = task(call);
    String name = call.query("fileName").orElse("");
    return switch (name) {
      case ".command.out", ".command.err", ".command.log", ".fusion.log" ->
          file("task-" + task.id() + name, task.place().log());
      case ".command.sh" -> file("task-" + task.id() + name, task.place().script());
      default -> throw Answers.badRequest("Unknown file name: '" + name + "'");
    };
  }

  private static Reply file(String name, String text) {
    return Reply.text(200, "text/plain", text)
        .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  private TaskRecord task(Call call) {
    long id = Query.number("taskId", call.variable("taskId"));
    return find(call).look().tasks().stream()
        .filter(task -> task.id() == id)
        .findFirst()
        .orElseThrow(Answers::forbidden);
  }

  private Run find(Call call) {
    return runs.get(account.of(call), call.variable("workflowId"));
  }
}
