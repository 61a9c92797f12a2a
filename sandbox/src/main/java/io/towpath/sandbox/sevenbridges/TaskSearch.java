package io.towpath.sandbox.sevenbridges;

import io.towpath.sandbox.http.Reply;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Listings of tasks; there is no filter by name. */
final class TaskSearch {
  private static final Set<String> STATUSES =
      Set.of("QUEUED", "DRAFT", "RUNNING", "COMPLETED", "ABORTED", "ABORTING", "FAILED");

  private final Realm realm;
  private final TaskJson json;

  TaskSearch(Realm realm, TaskJson json) {
    this.realm = realm;
    this.json = json;
  }

  Reply list(Request request) {
    Optional<String> project = request.query("project");
    project.ifPresent(id -> realm.access.project(id, Permission.READ));
    List<String> statuses = request.queries("status").stream().filter(s -> !s.isEmpty()).toList();
    if (!STATUSES.containsAll(statuses)) {
      throw Refusal.TASK_STATUS.thrown();
    }
    List<Task> found = new ArrayList<>();
    for (Task task : realm.tasks.all()) {
      if (realm.access.allows(task.spec().projectId(), Permission.READ)
          && !task.spec().visibleFrom().isAfter(request.now())
          && project.map(task.spec().projectId()::equals).orElse(true)
          && isWanted(request, task)
          && (statuses.isEmpty() || statuses.contains(json.status(task)))
          && within(request, "created", Optional.of(task.spec().created()))
          && within(request, "started", task.submitted)
          && within(request, "ended", task.ended)) {
        found.add(task);
      }
    }
    found.sort(order(request));
    return request.page(found, task -> json.of(request, task), TaskJson.FEW);
  }

  /** Parts of a batch show only when asked for by their parent. */
  private static boolean isWanted(Request request, Task task) {
    Optional<String> parent = request.query("parent");
    Optional<String> origin = request.query("origin_id");
    Optional<String> batch = request.query("batch");
    return task.spec().parent().equals(parent)
        && (origin.isEmpty() || task.originId.equals(origin))
        && batch.map(wanted -> Boolean.parseBoolean(wanted) == task.batch.isPresent()).orElse(true);
  }

  private static boolean within(Request request, String what, Optional<Instant> time) {
    Optional<Instant> from = request.query(what + "_from").map(TaskSearch::time);
    Optional<Instant> to = request.query(what + "_to").map(TaskSearch::time);
    if (from.isEmpty() && to.isEmpty()) {
      return true;
    }
    return time.filter(at -> from.isEmpty() || !at.isBefore(from.get()))
        .filter(at -> to.isEmpty() || !at.isAfter(to.get()))
        .isPresent();
  }

  /** Times without a zone are UTC; a date is its first moment. */
  private static Instant time(String text) {
    String plus = text.replace(' ', '+');
    try {
      if (text.length() <= 10) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      return plus.matches(".*(Z|[+-]\\d{2}:?\\d{2})")
          ? OffsetDateTime.parse(plus.replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2")).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException notATime) {
      throw Refusal.BAD_REQUEST.thrown("Bad request: " + text + " is not a time.");
    }
  }

  private static Comparator<Task> order(Request request) {
    String by = request.query("order_by").orElse("created_time");
    String order = request.query("order").orElse("desc");
    Function<Task, String> key =
        switch (by) {
          case "created_time" -> task -> task.spec().created().toString();
          case "start_time" -> task -> task.submitted.map(Instant::toString).orElse("");
          case "end_time" -> task -> task.ended.map(Instant::toString).orElse("");
          case "name" -> task -> task.name;
          case "created_by" -> task -> task.spec().createdBy();
          default -> throw Refusal.BAD_REQUEST.thrown("Bad request: order_by " + by + ".");
        };
    if (!order.equals("asc") && !order.equals("desc")) {
      throw Refusal.BAD_REQUEST.thrown("Bad request: order must be asc or desc.");
    }
    Comparator<Task> ascending = Comparator.comparing(key);
    return order.equals("asc") ? ascending : ascending.reversed();
  }
}
