package io.towpath.sandbox.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.sandbox.control.Stack;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
final class AccessTest {
  @AutoClose private final TestSevenBridges sb = new TestSevenBridges(true);

  private TestSevenBridges.Answer with(String header, String value) {
    return sb.send(
        HttpRequest.newBuilder(java.net.URI.create(sb.api() + "/user"))
            .header(header, value)
            .build());
  }

  @Test
  void both_ways_to_give_the_token_work_and_a_wrong_one_is_401() {
    assertThat(with("X-SBG-Auth-Token", TestSevenBridges.TOKEN).status()).isEqualTo(200);
    assertThat(with("Authorization", "Bearer " + TestSevenBridges.TOKEN).status()).isEqualTo(200);
    TestSevenBridges.Answer refused = with("X-SBG-Auth-Token", "wrong");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.code()).isEqualTo(90001);
    assertThat(refused.body().path("more_info").asText()).endsWith("#90001");
    assertThat(with("X-Other", "x").status()).isEqualTo(401);
  }

  @Test
  void every_answer_has_rate_headers_and_a_request_id_and_errors_have_their_four_fields() {
    for (String path : new String[] {"/user", "/nowhere", "/tasks/no-uuid", "/projects/ann/none"}) {
      TestSevenBridges.Answer answer = sb.get(path);
      assertThat(answer.header("X-RateLimit-Limit")).as(path).isEqualTo("1000");
      assertThat(answer.header("X-RateLimit-Remaining")).as(path).isNotEmpty();
      assertThat(Long.parseLong(answer.header("X-RateLimit-Reset")))
          .isBetween(sb.time.instant().getEpochSecond(), sb.time.instant().getEpochSecond() + 301);
      assertThat(answer.header("X-Request-Id")).as(path).isNotEmpty();
      if (answer.status() >= 400) {
        assertThat(answer.body().properties().stream().map(java.util.Map.Entry::getKey))
            .containsExactlyInAnyOrder("status", "code", "message", "more_info");
        assertThat(answer.body().path("status").asInt()).isEqualTo(answer.status());
      }
    }
    assertThat(sb.get("/nowhere").code()).isEqualTo(90003);
    assertThat(sb.call("DELETE", "/user", "").code()).isEqualTo(90006);
    assertThat(sb.post("/projects", "{'name'").code()).isEqualTo(90009);
    assertThat(sb.post("/tasks", "[1]").code()).isEqualTo(90009);
  }

  @Test
  void after_1000_requests_comes_429_until_the_window_ends_and_asking_for_the_limit_is_free() {
    for (int i = 0; i < RateWindow.MOST; i++) {
      assertThat(sb.get("/user").status()).isEqualTo(200);
    }
    TestSevenBridges.Answer refused = sb.get("/user");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo(1000);
    assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
    JsonNode rate = sb.get("/rate_limit").body().path("rate");
    assertThat(rate.path("limit").asInt()).isEqualTo(1000);
    assertThat(rate.path("remaining").asInt()).isZero();
    long reset = rate.path("reset").asLong();
    assertThat(Instant.ofEpochSecond(reset)).isEqualTo(sb.time.instant().plusSeconds(300));
    sb.pass(299_999);
    assertThat(sb.get("/user").status()).isEqualTo(429);
    sb.pass(1);
    assertThat(sb.get("/user").header("X-RateLimit-Remaining")).isEqualTo("999");
  }

  @Test
  void in_maintenance_everything_is_503_with_code_0() {
    sb.platform.stack().set(Stack.Status.DOWN, Optional.empty());
    for (String path : new String[] {"/user", "/rate_limit", "/tasks"}) {
      TestSevenBridges.Answer answer = sb.get(path);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.code()).isZero();
    }
    sb.platform.stack().set(Stack.Status.READ_WRITE, Optional.empty());
    assertThat(sb.get("/user").body().path("username").asText()).isEqualTo("ann");
  }

  @Test
  void pages_join_without_gap_or_double_and_hrefs_lead_back_here() {
    for (int i = 0; i < 230; i++) {
      sb.platform.seed().task(sb.project, sb.app, "t" + i, "COMPLETED");
    }
    Set<String> seen = new HashSet<>();
    String next = sb.api() + "/tasks?project=" + sb.project + "&limit=100&order=asc";
    int pages = 0;
    while (!next.isEmpty()) {
      TestSevenBridges.Answer page = sb.get(next);
      assertThat(page.header("X-Total-Matching-Query")).isEqualTo("230");
      page.body().path("items").forEach(item -> seen.add(item.path("href").asText()));
      assertThat(sb.get(page.body().path("href").asText()).text()).isEqualTo(page.text());
      pages++;
      String link = "";
      for (JsonNode one : page.body().path("links")) {
        link = one.path("rel").asText().equals("next") ? one.path("href").asText() : link;
      }
      next = link;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(seen).hasSize(230).allMatch(href -> href.startsWith(sb.api() + "/tasks/"));
    assertThat(sb.get(seen.iterator().next()).status()).isEqualTo(200);
    assertThat(sb.get("/tasks").body().path("items")).hasSize(50);
  }

  @Test
  void more_than_100_a_page_is_refused_and_fields_choose_what_is_shown() {
    assertThat(sb.get("/tasks?limit=101").status()).isEqualTo(400);
    assertThat(sb.get("/tasks?limit=0").status()).isEqualTo(400);
    assertThat(sb.get("/tasks?offset=x").status()).isEqualTo(400);
    String id = sb.platform.seed().task(sb.project, sb.app, "t", "COMPLETED");
    String list = "/tasks?project=" + sb.project;
    assertThat(sb.get(list).body().path("items").path(0).has("status")).isFalse();
    assertThat(sb.get(list + "&fields=_all").body().path("items").path(0).has("status")).isTrue();
    assertThat(sb.get("/tasks/" + id + "?fields=id,status").text())
        .isEqualTo("{\"id\":\"" + id + "\",\"status\":\"COMPLETED\"}");
  }

  @Test
  void projects_belong_to_a_billing_group_and_have_members() {
    TestSevenBridges.Answer none = sb.post("/projects", "{'name':'New one'}");
    assertThat(none.code()).isEqualTo(3008);
    assertThat(sb.post("/projects", "{'name':'x','billing_group':'y'}").code()).isEqualTo(4005);
    String group = sb.get("/billing/groups").body().at("/items/0/id").asText();
    assertThat(sb.get("/billing/groups/" + group).body().path("name").asText())
        .isEqualTo("towpath-dev");
    String body = "{'name':'New one','billing_group':'" + group + "','tags':null}";
    assertThat(sb.post("/projects", body).id()).isEqualTo("ann/new-one");
    assertThat(sb.post("/projects", body).id()).isEqualTo("ann/new-one-1");
    assertThat(sb.get("/projects?name=New%20one").body().path("items")).hasSize(2);
    String members = "/projects/ann/new-one/members";
    assertThat(sb.post(members, "{'username':'bob','permissions':{'write':true}}").status())
        .isEqualTo(201);
    assertThat(sb.post(members, "{'username':'bob'}").code()).isEqualTo(3003);
    assertThat(sb.get(members).body().path("items")).hasSize(2);
    assertThat(sb.get(members + "/bob/permissions").body().path("write").asBoolean()).isTrue();
    assertThat(sb.call("DELETE", members + "/bob", "").status()).isEqualTo(204);
    assertThat(sb.get(members + "/bob").code()).isEqualTo(3002);
  }

  @Test
  void what_others_own_is_403_and_what_is_not_there_404() {
    String foreign = sb.platform.seed().foreignProject("secret");
    String published = sb.platform.seed().publicProject("apps");
    String app = sb.platform.seed().app(published, "tool", TestSevenBridges.tool());
    assertThat(sb.get("/projects/" + foreign).code()).isEqualTo(3001);
    assertThat(sb.get("/projects/ann/none").code()).isEqualTo(3002);
    assertThat(sb.get("/files?project=" + foreign).status()).isEqualTo(403);
    String task = sb.good("t", sb.imported("a.fq")).replace(sb.project, published);
    assertThat(sb.post("/tasks", task.replace(sb.app, app)).code()).isEqualTo(3001);
    assertThat(sb.get("/projects").names()).containsExactly("lab");
  }
}
