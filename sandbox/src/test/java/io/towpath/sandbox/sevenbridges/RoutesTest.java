package io.towpath.sandbox.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.towpath.sandbox.control.Fault;
import io.towpath.sandbox.control.FaultRule;
import io.towpath.sandbox.http.Route;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds for every route: odd requests, lost replies, hidden objects. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
final class RoutesTest {
  private static final List<String> ODD =
      List.of(
          "",
          "null",
          "[]",
          "{}",
          "1",
          "{'",
          "{'name':1,'project':[],'items':{},'inputs':3,'tags':'x','metadata':[]}",
          "{'items':[null],'file_ids':[null],'task_ids':[1],'import_ids':{},'export_ids':[{}]}",
          "{'items':[{}],'source':[],'destination':'x','service':1,'permissions':{'a':1}}",
          "{'items':[{'id':'x','file':'x','source':{'volume':1},'metadata':{'a':{}}}]}");
  private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 404, 405, 409, 415);

  @AutoClose private final TestSevenBridges sb = new TestSevenBridges(false);

  @Test
  void no_odd_request_to_any_route_ends_in_a_5xx_or_an_error_of_another_shape() {
    String file = sb.imported("a.fq");
    List<String> problems = new ArrayList<>();
    List<Route> routes = new ArrayList<>(sb.platform.routes());
    routes.sort(Comparator.comparing(route -> route.label().startsWith("DELETE /projects")));
    for (Route route : routes) {
      for (String body : ODD) {
        String task = sb.post("/tasks", sb.good("t", file)).id();
        for (String query : List.of("", "?limit=x&offset=-1&fields=,&status=X&order_by=&batch=x")) {
          String path = filled(route.template(), file, task) + query;
          TestSevenBridges.Answer answer = sb.call(route.method(), path, body.replace('\'', '"'));
          boolean told = answer.body().has("code") && answer.body().has("message");
          boolean good = answer.status() < 300 || (REFUSALS.contains(answer.status()) && told);
          if (!good) {
            problems.add(route.label() + " " + body + " " + query + ": " + answer.text());
          }
        }
      }
    }
    assertThat(problems).isEmpty();
  }

  private String filled(String template, String file, String task) {
    Map<String, String> values = new HashMap<>();
    values.put("{owner}", "ann");
    values.put("{project}", "lab");
    values.put("{username}", "ann");
    values.put("{name}", template.contains("/volumes/") ? "ro" : "tool");
    values.put("{revision}", "0");
    values.put("{id}", template.contains("/tasks/") ? task : file);
    String path = template;
    for (var value : values.entrySet()) {
      path = path.replace(value.getKey(), value.getValue());
    }
    return path;
  }

  @Test
  void a_reply_lost_after_the_draft_was_made_leaves_one_draft() {
    String body = sb.good("lost", sb.imported("a.fq"));
    fault("POST /tasks", Fault.Kind.DROP_AFTER_COMMIT, 0);
    try {
      sb.post("/tasks", body);
    } catch (UncheckedIOException lost) {
      assertThat(lost).hasMessageNotContaining("{");
    }
    assertThat(sb.get("/tasks?project=" + sb.project).names()).containsExactly("lost");
    assertThat(sb.journal().get(sb.journal().size() - 1).replied()).isFalse();
  }

  @Test
  void a_fault_finds_the_run_of_a_task_by_its_name() {
    String file = sb.imported("a.fq");
    String other = sb.post("/tasks", sb.good("other", file)).id();
    String task = sb.post("/tasks", sb.good("wanted", file)).id();
    fault("POST /tasks/{id}/actions/run", "wanted");

    assertThat(sb.post("/tasks/" + other + "/actions/run", "null").status()).isEqualTo(200);
    assertThat(sb.post("/tasks/" + task + "/actions/run", "null").status()).isEqualTo(500);
    assertThat(sb.journal().get(sb.journal().size() - 1).request().orElseThrow().toString())
        .isEqualTo("{\"task\":\"wanted\"}");
  }

  private void fault(String route, String bodyMatches) {
    var rule = JsonNodeFactory.instance.objectNode();
    Fault fault = new Fault(Fault.Kind.STATUS, 0, 0, 500, Map.of(), Optional.empty(), "");
    Pattern body = Pattern.compile(bodyMatches);
    sb.faults.add(new FaultRule("sevenbridges", route, 0, 1, Optional.of(body), fault, rule));
  }

  @Test
  void a_hidden_draft_or_folder_is_there_but_no_listing_shows_it() {
    String body = sb.good("hidden", sb.imported("a.fq"));
    fault("POST /tasks", Fault.Kind.HIDE, 1000);
    fault("POST /files", Fault.Kind.HIDE, 1000);
    String task = sb.post("/tasks", body).id();
    String folder = "{'name':'f','type':'folder','project':'" + sb.project + "'}";
    sb.post("/files", folder);
    assertThat(sb.get("/tasks/" + task).status()).isEqualTo(200);
    assertThat(sb.get("/tasks?project=" + sb.project).names()).isEmpty();
    assertThat(sb.get("/files?project=" + sb.project + "&name=f").names()).isEmpty();
    assertThat(sb.post("/files", folder).code()).isEqualTo(5030);
    sb.pass(1000);
    assertThat(sb.get("/tasks?project=" + sb.project).names()).containsExactly("hidden");
    assertThat(sb.get("/files?project=" + sb.project + "&name=f").names()).hasSize(1);
  }

  private void fault(String route, Fault.Kind kind, long ms) {
    var rule = JsonNodeFactory.instance.objectNode();
    Fault fault = new Fault(kind, ms, 0, 0, Map.of(), Optional.empty(), "");
    sb.faults.add(new FaultRule("sevenbridges", route, 0, 1, Optional.empty(), fault, rule));
  }
}
