package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Copying, moving and deleting of many files behind the caller's back. */
final class AsyncFileRoutes {
  private static final int MOST = 100;
  private static final long SUBMITTED_MS = 50;
  private static final long RUNNING_MS = 100;

  private static final class Job {
    private final String id;
    private final String action;
    private final List<JsonNode> items;
    private final Instant started;
    private final ArrayNode result = Fields.array();
    private String state = "SUBMITTED";
    private int failed;
    private Optional<Instant> finished = Optional.empty();

    private Job(String id, String action, List<JsonNode> items, Instant started) {
      this.id = id;
      this.action = action;
      this.items = items;
      this.started = started;
    }
  }

  private final Realm realm;
  private final FileActions actions;
  private final Map<String, Job> jobs = new LinkedHashMap<>();

  AsyncFileRoutes(Realm realm) {
    this.realm = realm;
    this.actions = new FileActions(realm);
  }

  void register(RouteTable table) {
    table.reading(
        "GET",
        "/async/files",
        request -> request.page(List.copyOf(jobs.values()), job -> json(request, job)));
    for (String action : List.of("copy", "move", "delete")) {
      table.mutating("POST", "/async/files/" + action, request -> submit(request, action));
      table.reading("GET", "/async/files/" + action + "/{id}", request -> get(request, action));
    }
  }

  private Reply submit(Request request, String action) {
    JsonNode given = request.body().path("items");
    if (!given.isArray() || given.isEmpty() || given.size() > MOST) {
      throw Refusal.BAD_REQUEST.thrown("Bad request: items must be an array of 1 to 100 items.");
    }
    List<JsonNode> items = new ArrayList<>();
    given.forEach(items::add);
    Job job = new Job(realm.ids.job(), action, items, request.now());
    jobs.put(job.id, job);
    Instant begins = request.now().plus(realm.faster(SUBMITTED_MS));
    realm.agenda.at(begins, due -> job.state = "RUNNING");
    realm.agenda.at(begins.plus(realm.faster(RUNNING_MS)), due -> finish(job, due));
    realm.wakeAfter(SUBMITTED_MS + RUNNING_MS);
    return request.one(201, json(request, job)).changed("job", job.id, action);
  }

  private void finish(Job job, Instant due) {
    for (JsonNode item : job.items) {
      ObjectNode shown = job.result.addObject();
      try {
        shown.set("resource", act(job.action, item, due));
      } catch (Refused refused) {
        job.failed++;
        shown.set("error", refused.error());
      }
    }
    job.state = "FINISHED";
    job.finished = Optional.of(due);
  }

  private ObjectNode act(String action, JsonNode item, Instant now) {
    String id = Fields.text(item, "file").orElseThrow(Refusal.NO_FILE::thrown);
    boolean reads = action.equals("copy");
    FileNode file = realm.access.file(id, reads ? Permission.READ : Permission.WRITE);
    FileNode shown =
        switch (action) {
          case "copy" -> actions.copy(file, item, now, now);
          case "move" -> actions.move(file, item, true, now);
          default -> {
            actions.delete(file);
            yield file;
          }
        };
    return FileJson.of("/v2/files/" + shown.id(), shown);
  }

  private Reply get(Request request, String action) {
    return Optional.ofNullable(jobs.get(request.variable("id")))
        .filter(job -> job.action.equals(action))
        .map(job -> request.one(200, json(request, job)))
        .orElseThrow(Refusal.NOT_FOUND::thrown);
  }

  private ObjectNode json(Request request, Job job) {
    String path = "/async/files/" + job.action + "/" + job.id;
    ObjectNode json = Fields.object().put("href", request.href(path));
    json.put("id", job.id).put("type", job.action.toUpperCase(Locale.ROOT)).put("state", job.state);
    json.put("total_files", job.items.size()).put("failed_files", job.failed);
    json.put("completed_files", job.result.size() - job.failed);
    json.put("started_on", Fields.time(job.started));
    Fields.putTime(json, "finished_on", job.finished);
    ArrayNode result = json.putArray("result");
    for (JsonNode item : job.result) {
      ObjectNode shown = item.deepCopy();
      if (shown.path("resource") instanceof ObjectNode file) {
        file.put("href", request.href("/files/" + file.path("id").asText()));
      }
      result.add(shown);
    }
    return json;
  }
}
