package io.towpath.sandbox.seqera;

import io.towpath.sandbox.engine.RunState;
import io.towpath.sandbox.engine.TaskRecord;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;
import io.towpath.sandbox.http.Route;
import java.util.List;

/** The page behind a run's link: read-only, refreshed by itself, for the one machine it runs on. */
final class WatchPage {
  private final Account account;
  private final Runs runs;

  WatchPage(Account account, Runs runs) {
    this.account = account;
    this.runs = runs;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("GET", "/orgs/{org}/workspaces/{ws}/watch/{id}", this::ofWorkspace)
            .withoutCredentials(),
        Route.reading("GET", "/user/{user}/watch/{id}", this::ofUser).withoutCredentials());
  }

  private Reply ofWorkspace(Call call) {
    String name = call.variable("org") + '/' + call.variable("ws");
    return account.workspaces().stream()
        .filter(workspace -> workspace.fullName().equals(name))
        .findFirst()
        .map(workspace -> page(workspace, call.variable("id")))
        .orElseGet(WatchPage::unknown);
  }

  private Reply ofUser(Call call) {
    return page(account.personal(), call.variable("id"));
  }

  private Reply page(Workspace workspace, String id) {
    try {
      return Reply.text(200, "text/html; charset=utf-8", html(runs.get(workspace, id)));
    } catch (ReplyException unknown) {
      return unknown();
    }
  }

  private static Reply unknown() {
    return Reply.text(404, "text/html; charset=utf-8", "<!doctype html><title>No such run</title>");
  }

  private static String html(Run run) {
    RunState state = run.look();
    StringBuilder html = new StringBuilder("<!doctype html><meta charset=utf-8>");
    html.append(state.ended() ? "" : "<meta http-equiv=refresh content=2>");
    html.append("<title>").append(escape(run.identity().runName())).append("</title>");
    html.append("<style>body{font:14px sans-serif;margin:2em}td,th{padding:2px 12px 2px 0;")
        .append("text-align:left}pre{background:#f4f4f4;padding:1em}</style>");
    html.append("<h1>").append(escape(run.identity().runName())).append("</h1><table>");
    row(html, "Status", state.status());
    row(html, "Pipeline", run.launch().pipeline());
    row(html, "Revision", run.launch().revision());
    row(html, "Run", run.id());
    row(html, "Session", run.identity().sessionId());
    row(html, "Work directory", run.launch().workDir());
    html.append("</table><h2>Tasks</h2><table>");
    for (TaskRecord task : state.tasks()) {
      row(html, task.status(), task.name());
    }
    html.append("</table><h2>Log</h2><pre>");
    html.append(escape(String.join("\n", state.log()))).append("</pre>");
    return html.append("<p>Towpath sandbox: a stand-in of Seqera Platform.</p>").toString();
  }

  private static void row(StringBuilder html, String name, String value) {
    html.append("<tr><th>").append(escape(name)).append("<td>").append(escape(value));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
