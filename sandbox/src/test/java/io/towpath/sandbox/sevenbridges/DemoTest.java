package io.towpath.sandbox.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.sandbox.Sandbox;
import io.towpath.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The seeded sandbox from import to download, with the real S3 server behind it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
final class DemoTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @AutoClose private final Sandbox sandbox = Sandbox.start(SandboxOptions.forTests());
  private final HttpClient client = HttpClient.newHttpClient();

  private JsonNode call(String method, String path, String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(env("SB_API_ENDPOINT") + path))
            .header("X-SBG-Auth-Token", env("SB_AUTH_TOKEN"))
            .method(method, HttpRequest.BodyPublishers.ofString(json.replace('\'', '"')))
            .build();
    return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private String env(String name) {
    return sandbox.env().getOrDefault(name, "");
  }

  private JsonNode seed() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(env("TOWPATH_SANDBOX_CONTROL") + "/seed")).build();
    return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private JsonNode until(String path, Predicate<JsonNode> reached) throws Exception {
    JsonNode seen = call("GET", path, "null");
    while (!reached.test(seen)) {
      seen = call("GET", path, "null");
    }
    return seen;
  }

  @Test
  void reads_on_the_volume_become_results_that_anyone_with_the_link_can_download()
      throws Exception {
    JsonNode seed = seed();
    String project = seed.path("sevenbridges.project").asText();
    JsonNode job =
        call(
            "POST",
            "/storage/imports",
            "{'source':{'volume':'%s','location':'run1/ERR127302_part1_R1.fastq.gz'},'destination':{'project':'%s'}}"
                .formatted(seed.path("sevenbridges.volumeReadOnly").asText(), project));
    JsonNode done =
        until(
            "/storage/imports/" + job.path("id").asText(),
            seen -> seen.path("state").asText().equals("COMPLETED"));
    JsonNode task =
        call(
            "POST",
            "/tasks?action=run",
            """
            {'name':'part1','project':'%s','app':'%s','inputs':{'sample_name':'part1',
             'output_basename':'part1','input_pe_reads':[{'class':'File','path':'%s'}]}}
            """
                .formatted(
                    project,
                    seed.path("sevenbridges.app").asText(),
                    done.at("/result/id").asText()));
    assertThat(task.path("errors")).isEmpty();
    JsonNode ended =
        until(
            "/tasks/" + task.path("id").asText(),
            seen -> seen.path("status").asText().equals("COMPLETED"));
    JsonNode summary = ended.at("/outputs/summary");
    assertThat(summary.path("name").asText()).isEqualTo("part1.summary.csv");
    assertThat(summary.at("/secondaryFiles/0/name").asText()).isEqualTo("part1.summary.csv.md5");
    assertThat(ended.at("/outputs/log").isNull()).isTrue();

    HttpResponse<String> file = download(summary.path("path").asText());
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.body()).hasSize(summary.path("size").asInt());
    HttpResponse<String> reads = download(done.at("/result/id").asText());
    assertThat(reads.statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> download(String fileId) throws IOException, InterruptedException {
    try {
      String url = call("GET", "/files/" + fileId + "/download_info", "null").path("url").asText();
      assertThat(url).startsWith(env("AWS_ENDPOINT_URL_S3"));
      return client.send(
          HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
