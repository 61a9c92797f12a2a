package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Apps: found, read, copied into projects and given new revisions. */
final class AppRoutes {
  private static final String APP = "/apps/{owner}/{project}/{name}";
  private static final String REVISION = APP + "/{revision}";
  private static final String APP_NAME = "/apps/{id}";
  private static final String REVISION_NAME = "/apps/{id}/{revision}";
  private static final Set<String> STRATEGIES =
      Set.of("clone", "direct", "clone_direct", "transient");

  private final Realm realm;

  AppRoutes(Realm realm) {
    this.realm = realm;
  }

  void register(RouteTable table) {
    table.reading("GET", "/apps", this::list);
    table.reading("GET", APP, APP_NAME, this::get);
    table.reading("GET", REVISION, REVISION_NAME, this::get);
    table.reading("GET", APP + "/raw", APP_NAME + "/raw", this::raw);
    table.reading("GET", REVISION + "/raw", REVISION_NAME + "/raw", this::raw);
    table.reading("GET", APP + "/revisions", APP_NAME + "/revisions", this::revisions);
    table.mutating("POST", APP + "/raw", APP_NAME + "/raw", this::create);
    table.mutating("POST", REVISION + "/raw", REVISION_NAME + "/raw", this::create);
    table.mutating("POST", APP + "/actions/copy", APP_NAME + "/actions/copy", this::copy);
    table.mutating("POST", REVISION + "/actions/copy", REVISION_NAME + "/actions/copy", this::copy);
  }

  private App app(Request request) {
    return realm.access.app(
        request.variable("owner"), request.variable("project"), request.variable("name"));
  }

  private App.Revision revision(Request request) {
    App app = app(request);
    return request.hasVariable("revision")
        ? app.revision(request.variable("revision")).orElseThrow(Refusal.NO_APP::thrown)
        : app.latest();
  }

  private Reply list(Request request) {
    Optional<String> visibility =
        request.query("visibility").map(value -> value.toUpperCase(Locale.ROOT));
    if (visibility.isPresent() && !Set.of("PUBLIC", "PRIVATE").contains(visibility.get())) {
      throw Refusal.APP_VISIBILITY.thrown();
    }
    boolean published = visibility.filter("PUBLIC"::equals).isPresent();
    Optional<String> project = request.query("project");
    project.ifPresent(id -> realm.access.project(id, Permission.READ));
    List<App> found =
        realm.apps.all().stream()
            .filter(app -> realm.access.allows(app.projectId(), Permission.READ))
            .filter(app -> project.map(app.projectId()::equals).orElse(isPublic(app) == published))
            .filter(app -> fits(request, app))
            .toList();
    return request.page(
        found, app -> app.json(request, app.latest()), "href", "id", "project", "name", "revision");
  }

  private static boolean isPublic(App app) {
    return app.id().startsWith(Realm.PUBLISHER + "/");
  }

  private static boolean fits(Request request, App app) {
    List<String> ids = request.queries("id");
    String text = (app.id() + " " + app.latest().cwl().path("label").asText());
    return (ids.isEmpty() || ids.contains(app.id()) || ids.contains(app.latest().id()))
        && request.queries("q").stream()
            .allMatch(
                part -> text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)));
  }

  private Reply get(Request request) {
    return request.one(200, app(request).json(request, revision(request)));
  }

  private Reply raw(Request request) {
    return Reply.json(200, revision(request).cwl());
  }

  private Reply revisions(Request request) {
    App app = app(request);
    return request.page(
        app.revisions(),
        revision -> app.json(request, revision),
        "href",
        "id",
        "project",
        "name",
        "revision");
  }

  /** A new app, or its next revision; a given number must be the next one. */
  private Reply create(Request request) {
    String project = request.variable("owner") + "/" + request.variable("project");
    realm.access.project(project, Permission.WRITE);
    JsonNode cwl = request.tree();
    if (!(cwl instanceof ObjectNode object) || !object.hasNonNull("class")) {
      throw Refusal.TASK_ACTION.thrown("Only Common Workflow Language (CWL) apps are supported.");
    }
    String id = project + "/" + Projects.slug(request.variable("name"));
    int next = realm.apps.find(id).map(app -> app.revisions().size()).orElse(0);
    if (request.hasVariable("revision")
        && !request.variable("revision").equals(String.valueOf(next))) {
      throw Refusal.APP_EXISTS.thrown();
    }
    App.Revision made = realm.apps.orNew(id).add(object, request.now(), realm.settings.user());
    return Reply.json(201, made.cwl()).changed("app", made.id(), request.variable("name"));
  }

  private Reply copy(Request request) {
    App.Revision source = revision(request);
    String from = app(request).projectId();
    if (!realm.access.allows(from, Permission.COPY)) {
      throw Refusal.APP_FORBIDDEN.thrown();
    }
    ObjectNode body = request.body();
    String project = Fields.text(body, "project").orElseThrow(Refusal.NO_APP_PROJECT::thrown);
    realm.access.project(project, Permission.WRITE);
    String strategy = Fields.text(body, "strategy").orElse("clone");
    if (!STRATEGIES.contains(strategy)) {
      throw Refusal.BAD_REQUEST.thrown(
          "Bad request: strategy must be one of clone, direct, clone_direct, transient.");
    }
    String name = Fields.text(body, "name").orElse(request.variable("name"));
    String id = project + "/" + Projects.slug(name);
    if (realm.apps.find(id).isPresent()) {
      throw Refusal.APP_EXISTS.thrown();
    }
    App copy = realm.apps.orNew(id);
    App.Revision made = copy.add(source.cwl(), request.now(), realm.settings.user());
    copy.setCopyOf(source.id());
    return request.one(201, copy.json(request, made)).changed("app", made.id(), name);
  }
}
