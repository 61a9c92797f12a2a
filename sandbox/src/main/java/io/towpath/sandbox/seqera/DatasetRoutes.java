package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Datasets: named sheets, each upload a new version; also under the older workspace paths. */
final class DatasetRoutes {
  private record Version(Multipart file, boolean header) {}

  private static final class Dataset {
    private final String id;
    private final Workspace workspace;
    private final String name;
    private final String description;
    private final Instant created;
    private final List<Version> versions = new ArrayList<>();

    private Dataset(String id, Workspace workspace, ObjectNode body, Instant created) {
      this.id = id;
      this.workspace = workspace;
      this.name = Query.text(body, "name");
      this.description = Query.text(body, "description");
      this.created = created;
    }
  }

  private final Account account;
  private final Ids ids;
  private final InstantSource clock;
  private final Supplier<URI> base;
  private final List<Dataset> datasets = new ArrayList<>();

  DatasetRoutes(Account account, Ids ids, InstantSource clock, Supplier<URI> base) {
    this.account = account;
    this.ids = ids;
    this.clock = clock;
    this.base = base;
  }

  List<Route> routes() {
    String old = "/workspaces/{workspaceId}/datasets";
    return List.of(
        Route.reading("GET", "/datasets", this::list),
        Route.reading("GET", old, this::list),
        Route.mutating("POST", "/datasets", this::create),
        Route.mutating("POST", old, this::create),
        Route.mutating("POST", "/datasets/{datasetId}/upload", this::upload),
        Route.mutating("POST", old + "/{datasetId}/upload", this::upload),
        Route.reading("GET", "/datasets/{datasetId}/versions", this::versions),
        Route.reading("GET", old + "/{datasetId}/versions", this::versions),
        Route.reading("GET", "/datasets/{datasetId}/v/{version}/n/{fileName}", this::download),
        Route.reading("GET", old + "/{datasetId}/v/{version}/n/{fileName}", this::download));
  }

  private Workspace workspace(Call call) {
    String inPath = call.variables().getOrDefault("workspaceId", "");
    return inPath.isEmpty() ? account.of(call) : account.byId(Query.number("workspaceId", inPath));
  }

  private synchronized List<Dataset> of(Workspace workspace) {
    return datasets.stream().filter(one -> one.workspace.id() == workspace.id()).toList();
  }

  private Reply list(Call call) {
    Query.Page page = Query.page(call);
    List<Dataset> found = of(workspace(call));
    ObjectNode node = Answers.object().put("totalSize", found.size());
    node.set("datasets", Answers.array(page.of(found).stream().map(DatasetRoutes::json)));
    return Reply.json(200, node);
  }

  private synchronized Reply create(Call call) {
    Workspace workspace = workspace(call);
    Dataset made = new Dataset(ids.base62(), workspace, Query.body(call), clock.instant());
    if (!made.name.matches("[a-zA-Z0-9][a-zA-Z0-9_-]{0,98}")) {
      throw Answers.badRequest("Invalid dataset name: '" + made.name + "'");
    }
    if (of(workspace).stream().anyMatch(one -> one.name.equalsIgnoreCase(made.name))) {
      throw Answers.conflict("A dataset with name '" + made.name + "' already exists");
    }
    datasets.add(made);
    return Answers.ok("dataset", json(made)).changed("dataset", made.id, made.name);
  }

  private synchronized Reply upload(Call call) {
    Dataset dataset = find(call);
    Multipart file =
        Multipart.file(call).orElseThrow(() -> Answers.badRequest("Missing part 'file'"));
    if (!List.of("text/csv", "text/tab-separated-values").contains(file.contentType())) {
      throw Answers.badRequest("Unsupported media type '" + file.contentType() + "'");
    }
    dataset.versions.add(new Version(file, Query.flag(call, "header")));
    return Answers.ok("version", json(dataset, dataset.versions.size()))
        .changed("dataset", dataset.id, dataset.name);
  }

  private Reply versions(Call call) {
    Dataset dataset = find(call);
    ObjectNode node = Answers.object().put("totalSize", dataset.versions.size());
    for (int number = dataset.versions.size(); number > 0; number--) {
      node.withArray("versions").add(json(dataset, number));
    }
    return Reply.json(200, node);
  }

  private synchronized Reply download(Call call) {
    Dataset dataset = find(call);
    long number = Query.number("version", call.variable("version"));
    if (number < 1 || number > dataset.versions.size()) {
      return Answers.message(404, "Unknown dataset version");
    }
    byte[] content = dataset.versions.get((int) number - 1).file().content();
    return Reply.bytes(200, "application/octet-stream", content);
  }

  private Dataset find(Call call) {
    String id = call.variable("datasetId");
    return of(workspace(call)).stream()
        .filter(dataset -> dataset.id.equals(id))
        .findFirst()
        .orElseThrow(Answers::forbidden);
  }

  private static ObjectNode json(Dataset dataset) {
    ObjectNode node = Answers.object().put("id", dataset.id).put("name", dataset.name);
    node.put("description", dataset.description).put("version", dataset.versions.size());
    node.put("mediaType", dataset.versions.isEmpty() ? null : last(dataset).file().contentType());
    node.put("dateCreated", Answers.time(dataset.created)).put("hidden", false);
    node.put("lastUpdated", Answers.time(dataset.created)).put("deleted", false).putNull("labels");
    node.put("workspaceId", dataset.workspace.personal() ? null : dataset.workspace.id());
    return node.put("organizationId", dataset.workspace.personal() ? null : Account.ORG_ID);
  }

  private ObjectNode json(Dataset dataset, int number) {
    Version version = dataset.versions.get(number - 1);
    ObjectNode node = Answers.object().put("datasetId", dataset.id).put("version", number);
    node.put("datasetName", dataset.name).put("datasetDescription", dataset.description);
    node.put("fileName", version.file().fileName())
        .put("fileSize", version.file().content().length);
    node.put("mediaType", version.file().contentType()).put("hasHeader", version.header());
    node.put("disabled", false).put("dateCreated", Answers.time(dataset.created));
    String scope = dataset.workspace.personal() ? "" : "/workspaces/" + dataset.workspace.id();
    String path =
        scope + "/datasets/" + dataset.id + "/v/" + number + "/n/" + version.file().fileName();
    return node.put("url", base.get() + path);
  }

  private static Version last(Dataset dataset) {
    return dataset.versions.get(dataset.versions.size() - 1);
  }
}
