package io.towpath.sandbox.seqera;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
final class AccessTest {
  @AutoClose private final TestSeqera seqera = new TestSeqera(same -> same);

  @Test
  void without_or_with_a_wrong_token_the_answer_is_401_and_empty() {
    for (String token : new String[] {"", "wrong"}) {
      TestSeqera.Answer answer = seqera.raw("GET", seqera.api() + "/user-info", "", token);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.text()).isEmpty();
    }
    assertThat(seqera.raw("GET", seqera.api() + "/service-info", "", "").status()).isEqualTo(200);
  }

  @Test
  void both_bases_and_double_slashes_lead_to_the_same_place() {
    for (String path :
        new String[] {"/api/user-info", "/user-info", "/api//user-info", "//user-info"}) {
      TestSeqera.Answer answer = seqera.raw("GET", seqera.web() + path, "", TestSeqera.TOKEN);
      assertThat(answer.body().path("user").path("id").asLong())
          .as(path)
          .isEqualTo(Account.USER_ID);
    }
  }

  @Test
  void foreign_workspaces_and_unknown_runs_are_forbidden() {
    String list = seqera.api() + "/workflow?workspaceId=1234567";
    assertThat(seqera.raw("GET", list, "", TestSeqera.TOKEN).message()).isEqualTo("Forbidden");
    assertThat(seqera.get("/workflow/5mDfiUtqyptDib").status()).isEqualTo(403);
    String id = seqera.launched(seqera.quick("mine"));
    String personal = seqera.api() + "/workflow/" + id;
    assertThat(seqera.raw("GET", personal, "", TestSeqera.TOKEN).status()).isEqualTo(403);
  }

  @Test
  void the_21st_request_of_a_second_is_refused() {
    try (TestSeqera limited = new TestSeqera(settings -> settings.withLimits(true, 1))) {
      assertThat(IntStream.range(0, 20).map(i -> limited.get("/labels").status()))
          .containsOnly(200);

      TestSeqera.Answer refused = limited.get("/labels");

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.text())
          .contains("Maximum request rate exceeded. Wait 0secs before issuing a new request");
      limited.pass(1000);
      assertThat(limited.get("/labels").status()).isEqualTo(200);
    }
  }

  @Test
  void a_revision_resolves_to_a_commit_or_is_refused() {
    String info = "/pipelines/info?name=https://github.com/Towpath-Demo/reads.git&revision=";
    JsonNode found = seqera.get(info + "1.0.0").body().path("pipelineInfo");
    String commit = found.path("commitId").asText();

    assertThat(commit).matches("[0-9a-f]{40}");
    assertThat(found.path("projectName").asText()).isEqualTo("towpath-demo/reads");
    assertThat(seqera.get(info + commit).body().path("pipelineInfo").path("commitId").asText())
        .isEqualTo(commit);
    assertThat(seqera.get(info + "7.7.7").status()).isEqualTo(400);
  }

  @Test
  void the_watch_page_answers_a_browser_and_escapes() {
    String id = seqera.launched(seqera.quick("shown").put("configText", "<script>"));
    String path = "/orgs/towpath-demo/workspaces/showcase/watch/";

    TestSeqera.Answer page = seqera.raw("GET", seqera.web() + path + id, "", "");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("<h1>shown</h1>").doesNotContain("<script>");
    assertThat(seqera.raw("GET", seqera.web() + path + "none", "", "").status()).isEqualTo(404);
  }

  @Test
  void an_uploaded_dataset_can_be_downloaded_by_its_url() {
    String id =
        seqera.post("/datasets", "{\"name\":\"sheet\"}").body().path("dataset").path("id").asText();
    assertThat(seqera.post("/datasets", "{\"name\":\"sheet\"}").status()).isEqualTo(409);

    TestSeqera.Answer csv = upload(id, "text/csv");

    assertThat(upload(id, "text/plain").status()).isEqualTo(400);
    String url = csv.body().path("version").path("url").asText();
    assertThat(seqera.raw("GET", url, "", TestSeqera.TOKEN).text()).isEqualTo("a,b\r\nü,2\r\n");
  }

  private TestSeqera.Answer upload(String id, String type) {
    String form =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"s.csv\"\r\nContent-Type: "
            + type
            + "\r\n\r\na,b\r\nü,2\r\n\r\n--x--\r\n";
    String uri =
        seqera.api()
            + "/datasets/"
            + id
            + "/upload?header=true&workspaceId="
            + seqera.workspaceId();
    return seqera.send(
        HttpRequest.newBuilder(URI.create(uri))
            .header("Authorization", "Bearer " + TestSeqera.TOKEN)
            .header("Content-Type", "multipart/form-data; boundary=x")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }
}
