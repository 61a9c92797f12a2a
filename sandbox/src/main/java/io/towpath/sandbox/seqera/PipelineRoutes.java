package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.engine.Repository;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/** The launchpad, and what the platform tells of a remote repository. */
final class PipelineRoutes {
  private final Account account;
  private final Launchpad launchpad;
  private final boolean anyRepository;

  /**
   * @param anyRepository whether repositories that are not seeded are taken as existing
   */
  PipelineRoutes(Account account, Launchpad launchpad, boolean anyRepository) {
    this.account = account;
    this.launchpad = launchpad;
    this.anyRepository = anyRepository;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("GET", "/pipelines", this::list),
        Route.reading("GET", "/pipelines/info", this::info),
        Route.reading("GET", "/pipelines/repositories", this::repositories),
        Route.reading("GET", "/pipelines/{pipelineId}", this::describe),
        Route.reading("GET", "/pipelines/{pipelineId}/launch", this::launch),
        Route.reading("GET", "/pipelines/{pipelineId}/schema", this::schema));
  }

  private Reply list(Call call) {
    Query.Page page = Query.page(call);
    String search = call.query("search").orElse("").strip().toLowerCase(Locale.ROOT);
    Set<String> attributes = Query.attributes(call);
    List<Launchpad.Entry> found =
        launchpad.of(account.of(call)).stream()
            .filter(entry -> entry.name().toLowerCase(Locale.ROOT).contains(search))
            .sorted(Comparator.comparing(Launchpad.Entry::name))
            .toList();
    ObjectNode node = Answers.object().put("totalSize", found.size());
    node.set(
        "pipelines", Answers.array(page.of(found).stream().map(entry -> entry.json(attributes))));
    return Reply.json(200, node);
  }

  private Reply describe(Call call) {
    return Answers.ok("pipeline", find(call).json(Query.attributes(call)));
  }

  private Reply launch(Call call) {
    return Answers.ok("launch", LaunchJson.stored(find(call).launch()));
  }

  private Reply schema(Call call) throws IOException {
    Launchpad.Entry entry = find(call);
    try (InputStream in =
        PipelineRoutes.class.getResourceAsStream("/pipelines/reads/nextflow_schema.json")) {
      if (in == null
          || !Repository.nameOf(entry.launch().pipeline()).equals(Repository.DEMO.name())) {
        return Answers.noContent();
      }
      ObjectNode node = Answers.object();
      node.put("schema", new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return Reply.json(200, node.put("params", entry.launch().text("paramsText")));
    }
  }

  private Reply repositories(Call call) {
    List<String> urls =
        launchpad.of(account.of(call)).stream()
            .map(entry -> entry.launch().pipeline())
            .distinct()
            .toList();
    return Answers.ok("pipelines", Answers.texts(urls));
  }

  private Reply info(Call call) {
    String name = call.query("name").orElse("").strip();
    if (name.isEmpty()) {
      throw Answers.badRequest("Missing pipeline name");
    }
    Repository repository = Launcher.repository(name);
    boolean known = anyRepository || repository.equals(Repository.DEMO);
    if (!known || !name.contains("/")) {
      throw Answers.badRequest("Cannot find repository: " + name);
    }
    String revision = call.query("revision").orElse("");
    String commit =
        repository
            .commit(revision)
            .orElseThrow(
                () ->
                    Answers.badRequest(
                        "Cannot find revision '" + revision + "' in " + repository.url()));
    ObjectNode info = Answers.object();
    info.put("projectName", repository.name());
    info.put("simpleName", repository.name().replaceFirst("^.*/", ""));
    info.put("repositoryUrl", repository.url()).put("cloneUrl", repository.url() + ".git");
    info.put("provider", "github").put("commitId", commit);
    info.put("revisionName", revision.isEmpty() ? "main" : revision);
    info.set("configFiles", Answers.texts(List.of(repository.url() + "/nextflow.config")));
    info.set("manifest", ManifestJson.of(repository));
    info.set("profiles", Answers.texts(List.of("standard", "docker")));
    info.set("revisions", Answers.texts(new TreeMap<>(repository.tags()).keySet()));
    info.set("workDirs", Answers.texts(List.of()));
    info.set("warnings", Answers.texts(List.of()));
    return Answers.ok("pipelineInfo", info);
  }

  private Launchpad.Entry find(Call call) {
    long id = Query.number("pipelineId", call.variable("pipelineId"));
    return launchpad.get(account.of(call), id);
  }
}
