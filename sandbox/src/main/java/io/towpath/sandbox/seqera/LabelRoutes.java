package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Labels, and giving them to runs. */
final class LabelRoutes {
  private static final int MOST_PER_RUN = 25;

  private enum Change {
    ADD,
    APPLY,
    REMOVE
  }

  private final Account account;
  private final Labels labels;
  private final Runs runs;

  LabelRoutes(Account account, Labels labels, Runs runs) {
    this.account = account;
    this.labels = labels;
    this.runs = runs;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("GET", "/labels", this::list),
        Route.mutating("POST", "/labels", this::create),
        Route.mutating("POST", "/workflow/labels/add", call -> change(call, Change.ADD)),
        Route.mutating("POST", "/workflow/labels/apply", call -> change(call, Change.APPLY)),
        Route.mutating("POST", "/workflow/labels/remove", call -> change(call, Change.REMOVE)));
  }

  private Reply list(Call call) {
    Query.Page page = Query.page(call);
    String search = call.query("search").orElse("").strip().toLowerCase(Locale.ROOT);
    String type = call.query("type").orElse("all");
    List<Label> found =
        labels.of(account.of(call)).stream()
            .filter(label -> label.name().toLowerCase(Locale.ROOT).contains(search))
            .filter(label -> type.equals("all") || label.resource() == type.equals("resource"))
            .toList();
    ObjectNode node = Answers.object().put("totalSize", found.size());
    node.set("labels", Answers.array(page.of(found).stream().map(Label::json)));
    return Reply.json(200, node);
  }

  /** Creates the label, or returns the one there is. */
  private Reply create(Call call) {
    Workspace workspace = account.of(call);
    if (!workspace.mayQuickLaunch()) {
      throw Answers.forbidden();
    }
    ObjectNode body = Query.body(call);
    String name = Query.text(body, "name");
    String value = Query.text(body, "value");
    boolean resource = body.path("resource").asBoolean(false);
    synchronized (labels) {
      Optional<Label> known = labels.find(workspace, name, value, resource);
      if (known.isPresent()) {
        return Reply.json(200, known.orElseThrow().json());
      }
      Label made = labels.create(workspace, name, value, resource);
      return Reply.json(200, made.json()).changed("label", String.valueOf(made.id()), name);
    }
  }

  private Reply change(Call call, Change change) {
    Workspace workspace = account.of(call);
    ObjectNode body = Query.body(call);
    List<Long> wanted = Query.numbers(body, "labelIds");
    List<String> ids = Query.texts(body, "workflowIds");
    List<Run> targets = ids.stream().map(id -> runs.get(workspace, id)).toList();
    List<Set<Long>> results = targets.stream().map(run -> result(run, wanted, change)).toList();
    for (Set<Long> result : results) {
      labels.check(workspace, result, MOST_PER_RUN);
    }
    for (int i = 0; i < targets.size(); i++) {
      targets.get(i).setLabels(results.get(i));
    }
    String all = String.join(",", ids);
    return Answers.noContent().changed("workflow", all, all);
  }

  private static Set<Long> result(Run run, List<Long> wanted, Change change) {
    Set<Long> result = new LinkedHashSet<>(run.labels());
    switch (change) {
      case ADD -> result.addAll(wanted);
      case REMOVE -> wanted.forEach(result::remove);
      case APPLY -> {
        result.clear();
        result.addAll(wanted);
      }
    }
    return result;
  }
}
