package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Queries of views and datasets as asynchronous jobs, and the columns they show. */
final class TableRoutes {
  private static final String MODEL = "org.sagebionetworks.repo.model.table.";
  private static final String QUERY = "/entity/{id}/table/query/async";
  private static final String NEXT_PAGE = "/entity/{id}/table/query/nextPage/async";
  private static final String CSV = "/entity/{id}/table/download/csv/async";
  private static final String SCOPE = "/column/view/scope/async";
  private final Realm realm;
  private final QueryResults results;
  private final Views views;

  TableRoutes(Realm realm) {
    this.realm = realm;
    this.views = new Views(realm);
    this.results = new QueryResults(realm, views);
  }

  void register(RouteTable table) {
    job(table, QUERY, "QueryBundleRequest", results::bundle);
    job(table, NEXT_PAGE, "QueryNextPageToken", results::nextPage);
    job(table, CSV, "DownloadFromTableRequest", results::csv);
    table.changing("POST", SCOPE + "/start", Scope.WRITE, this::startScope);
    table.get(SCOPE + "/get/{asyncToken}", Scope.VIEW, request -> poll(request, SCOPE));
    table.changing("POST", "/column", Scope.WRITE, this::createColumn);
    table.changing("POST", "/column/batch", Scope.WRITE, this::createColumns);
    table.get("/column", Scope.VIEW, this::listColumns);
    table.get("/column/tableview/defaults", Scope.VIEW, this::defaultColumns);
    table.get("/column/{columnId}", Scope.VIEW, this::getColumn);
    table.get("/entity/{id}/column", Scope.VIEW, this::columnsOf);
    table.get("/asynchronous/job/{jobId}", Scope.VIEW, this::jobStatus);
  }

  private void job(
      RouteTable table,
      String path,
      String type,
      BiFunction<SynapseAccount, ObjectNode, ObjectNode> work) {
    table.changing(
        "POST",
        path + "/start",
        Scope.DOWNLOAD,
        request -> start(request, path, body(request, type), work));
    table.get(path + "/get/{asyncToken}", Scope.DOWNLOAD, request -> poll(request, path));
  }

  /** Starts a job, or finds the finished one with the same body while the view is unchanged. */
  private Reply start(
      Request request,
      String path,
      ObjectNode body,
      BiFunction<SynapseAccount, ObjectNode, ObjectNode> work) {
    Node view = results.view(request.caller(), request.id());
    String key =
        String.join(" ", path, request.caller().userId(), results.stamp(view), Json.write(body));
    Optional<AsyncJobs.Job> cached = realm.jobs.cached(key, realm.now());
    if (cached.isPresent()) {
      return Reply.json(201, token(cached.get()));
    }
    AsyncJobs.Job job;
    try {
      ObjectNode answer = work.apply(request.caller(), body);
      job = realm.jobs.start(request.caller(), realm.now(), key, body, answer, Optional.empty());
    } catch (ReplyException failed) {
      job =
          realm.jobs.start(
              request.caller(),
              realm.now(),
              key,
              body,
              Json.object(),
              Optional.of(reason(failed.reply())));
    }
    return Reply.json(201, token(job)).changed("job", job.token(), view.id);
  }

  private static ObjectNode body(Request request, String type) {
    return request.body().put("concreteType", MODEL + type);
  }

  private Reply startScope(Request request) {
    ObjectNode body = body(request, "ViewColumnModelRequest");
    ObjectNode answer = new ScopeColumns(realm).propose(request.caller(), body);
    AsyncJobs.Job job =
        realm.jobs.start(
            request.caller(),
            realm.now(),
            SCOPE + " " + realm.now(),
            body,
            answer,
            Optional.empty());
    return Reply.json(201, token(job)).changed("job", job.token(), "");
  }

  private static String reason(Reply reply) {
    try {
      return Json.text(Json.parse(reply.body().readAllBytes()), "reason").orElse("");
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ObjectNode token(AsyncJobs.Job job) {
    return Json.object().put("token", job.token());
  }

  private Reply poll(Request request, String path) {
    AsyncJobs.Job job = realm.jobs.getOwn(request.call().variable("asyncToken"), request.caller());
    if (!job.key().startsWith(path + " ")) {
      throw Refusals.badRequest("The token " + job.token() + " is of a job of another type");
    }
    if (!job.isDone(realm.now())) {
      return Reply.json(202, job.status(realm.now()));
    }
    if (job.failure().isPresent()) {
      throw Refusals.badRequest(job.failure().get());
    }
    return Reply.json(201, job.answer());
  }

  private Reply jobStatus(Request request) {
    AsyncJobs.Job job = realm.jobs.getOwn(request.call().variable("jobId"), request.caller());
    return Reply.json(200, job.status(realm.now()));
  }

  private Reply createColumn(Request request) {
    ObjectNode column = realm.columns.ensure(request.body());
    return Reply.json(201, column)
        .changed("column", Json.required(column, "id"), Json.required(column, "name"));
  }

  private Reply createColumns(Request request) {
    ObjectNode answer = Json.object();
    var list = answer.putArray("list");
    for (JsonNode column : Json.list(request.body(), "list").orElse(List.of())) {
      if (column instanceof ObjectNode object) {
        list.add(realm.columns.ensure(object));
      }
    }
    return Reply.json(201, answer).changed("column", "", "");
  }

  private Reply listColumns(Request request) {
    String prefix = request.text("prefix").orElse("");
    List<ObjectNode> found =
        realm.columns.all().stream()
            .filter(column -> Json.required(column, "name").startsWith(prefix))
            .toList();
    return Reply.json(
        200, Json.page(found, request.query("offset", 0), request.query("limit", 10)));
  }

  private Reply defaultColumns(Request request) {
    ObjectNode answer = Json.object();
    answer.putArray("list").addAll(realm.columns.defaults());
    return Reply.json(200, answer);
  }

  private Reply getColumn(Request request) {
    return Reply.json(200, realm.columns.get(request.call().variable("columnId")));
  }

  private Reply columnsOf(Request request) {
    Node view = results.view(request.caller(), request.id());
    ObjectNode answer = Json.object();
    List<ObjectNode> columns = views.columns(view);
    answer.putArray("results").addAll(columns);
    answer.put("totalNumberOfResults", columns.size());
    return Reply.json(200, answer);
  }
}
