package io.towpath.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.sandbox.sevenbridges.SevenBridgesSeed;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.plan.Plan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sheets that name files on CAVATICA and objects of DRS, end to end. */
@Tag("suite")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlatformFilesIT {
  private static final byte[] READS = "reads on the platform".getBytes(UTF_8);
  private static final byte[] ALIASED = "reads on a volume".getBytes(UTF_8);
  private static final byte[] PUBLISHED = "reads behind an id".getBytes(UTF_8);

  private static Stack stack;

  @BeforeAll
  static void start() {
    stack = new Stack(SandboxOptions.forTests(), Stack.FAST);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  private static SevenBridgesSeed sevenBridges() {
    return stack.sandbox().sevenBridgesSeed();
  }

  @Test
  void files_of_both_platforms_are_looked_at_staged_and_stored_once() {
    String project = sevenBridges().project("cells");
    put("sequencing/alias.fastq.gz", ALIASED);
    String own = "sbg://" + sevenBridges().file(project, "own.fastq.gz", READS);
    String alias =
        "sbg://"
            + sevenBridges()
                .alias(
                    project,
                    "alias.fastq.gz",
                    stack.seed("sevenbridges.volumeReadOnly"),
                    "alias.fastq.gz");
    String object = object("published.fastq.gz", PUBLISHED);
    Map<String, Object> request = CellSheet.request(stack, "cells", own, alias, own, object);
    stack.control("POST", "/reset", "{\"what\":[\"requests\"]}");

    WorkflowStub run = stack.start(request);
    JsonNode report = stack.report(run);

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(report.at("/staged/count").asInt()).isEqualTo(3);
    List<String> staged = staged(report);
    assertThat(staged)
        .extracting(cell -> stack.object(cell).getBytes(UTF_8))
        .containsExactly(READS, ALIASED, READS, PUBLISHED);
    assertThat(staged.get(0)).matches("s3://\\S+/etl/cells/sbg/[0-9a-f]{12}/own\\.fastq\\.gz");
    assertThat(staged.get(3)).matches("s3://\\S+/etl/cells/drs/[0-9a-f]{12}/published.fastq.gz");
    assertThat(stack.historyText(run))
        .contains("sessionId")
        .doesNotContain("X-Amz-Signature")
        .doesNotContain(stack.env().get("SB_AUTH_TOKEN"));
    assertThat(calls("sevenbridges", "POST /bulk/files/get")).isEqualTo(1);
    assertThat(calls("sevenbridges", "GET /files/{id}/download_info")).isEqualTo(4);
    assertThat(calls("drs", "GET /objects/{object_id}")).isEqualTo(1);
    assertThat(calls("drs", "GET /objects/{object_id}/access/{access_id}")).isEqualTo(2);

    assertThat(provenance("cells-"))
        .contains("files from elsewhere: " + own + ", " + alias, object);

    request.put("rerun", "always");
    JsonNode again = stack.report(stack.start(request));

    assertThat(again.at("/staged/reused").asInt()).isEqualTo(3);
    assertThat(stack.effects("s3", "PUT object"))
        .extracting(effect -> effect.at("/object/name").asText())
        .filteredOn(key -> key.matches("etl/cells/(sbg|drs)/.*"))
        .hasSize(3);
  }

  @Test
  void an_object_is_found_at_whichever_of_the_workers_servers_holds_it() {
    put("published/known.fastq.gz", PUBLISHED);
    String did = "dg.4DFC/38472950-638e-57bd-aef7-517a12c91ecc";
    record(
        """
        {"did":"%s","form":"object","size":%d,"hashes":{"md5":"%s"},
         "urls":["s3://%s/published/known.fastq.gz"]}
        """
            .formatted(did, PUBLISHED.length, md5(PUBLISHED), stack.seed("s3.bucket")));
    String entity =
        stack
            .sandbox()
            .synapseSeed()
            .file(stack.seed("synapse.project"), "entity.fastq.gz", "application/gzip", READS);

    JsonNode report =
        stack.report(
            stack.start(
                CellSheet.request(
                    stack,
                    "servers",
                    "drs://" + did.replace('/', ':'),
                    "drs://repo-prod.prod.sagebase.org/" + entity + ".1")));

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(staged(report))
        .extracting(cell -> stack.object(cell).getBytes(UTF_8))
        .containsExactly(PUBLISHED, READS);
    assertThat(report.at("/staged/copiedInS3").asInt()).isEqualTo(1);
  }

  @Test
  void what_cannot_be_fetched_is_told_by_row_with_the_remedy() {
    String project = sevenBridges().project("problems");
    String foreign = sevenBridges().foreignProject("hidden");
    String readable = sevenBridges().readOnlyProject("shown");
    Map<String, Object> request =
        CellSheet.request(
            stack,
            "problems",
            "sbg://0123456789abcdef01234567",
            "sbg://" + sevenBridges().file(foreign, "theirs", READS),
            "sbg://" + sevenBridges().folder(project, "a folder"),
            "sbg://" + sevenBridges().file(readable, "shown", READS),
            "drs://cavatica-ga4gh-api.sbgenomics.com/" + stack.seed("drs.bundle"),
            "drs://cavatica-ga4gh-api.sbgenomics.com/no-such-id",
            "drs://cavatica-ga4gh-api.sbgenomics.com/..%2F..%2Fv2%2Fuser",
            "drs://drs.example.org/1",
            "drs://dg.4503:no-such-id");

    Plan plan = stack.plan(request);

    assertThat(plan.problems())
        .extracting(Problem::place)
        .containsExactlyInAnyOrderElementsOf(lines(2, 10));
    assertThat(text(plan, 2)).contains("does not exist");
    assertThat(text(plan, 3)).contains("have it added to the file's project");
    assertThat(text(plan, 4)).contains("is a folder");
    assertThat(text(plan, 5)).contains("the right to copy in project someone-else/shown");
    assertThat(text(plan, 6)).contains("is a bundle of 2");
    assertThat(text(plan, 7)).contains("there is no object");
    assertThat(text(plan, 8)).contains("neither drs://host/id nor");
    assertThat(text(plan, 9)).contains("knows no DRS server drs.example.org");
    assertThat(text(plan, 10)).contains("there is no object");
  }

  private static String provenance(String runName) {
    return stack.effects("synapse", "POST /activity").stream()
        .map(effect -> effect.path("request"))
        .filter(body -> body.path("name").asText().startsWith(runName))
        .map(body -> body.path("description").asText())
        .findFirst()
        .orElse("");
  }

  private static String text(Plan plan, int line) {
    return plan.problems().stream()
        .filter(problem -> problem.place().startsWith("line " + line + ","))
        .map(Problem::text)
        .findFirst()
        .orElse("");
  }

  private static Set<String> lines(int first, int last) {
    Set<String> lines = new TreeSet<>();
    for (int line = first; line <= last; line++) {
      lines.add("line " + line + ", column fastq_1");
    }
    return lines;
  }

  private static long calls(String platform, String route) {
    long calls = 0;
    for (JsonNode count : stack.control("GET", "/requests", "")) {
      if (count.path("platform").asText().equals(platform)
          && count.path("route").asText().equals(route)) {
        calls += count.path("count").asLong();
      }
    }
    return calls;
  }

  private static void put(String key, byte[] content) {
    stack.sandbox().objects().put(stack.seed("s3.bucket"), key, "application/gzip", content);
  }

  /** An object of CAVATICA's DRS. */
  private static String object(String name, byte[] content) {
    put("published/" + name, content);
    String id =
        stack
            .sandbox()
            .drsSeed()
            .blob(name, content.length, md5(content), stack.seed("s3.bucket"), "published/" + name);
    return stack.sandbox().drsSeed().uri(id);
  }

  /** A record of indexd, as somebody else made it. */
  private static void record(String json) {
    String credential =
        Base64.getEncoder()
            .encodeToString(stack.env().getOrDefault("INDEXD_AUTH", "").getBytes(UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stack.env().get("INDEXD_ENDPOINT") + "/index/"))
            .header("Authorization", "Basic " + credential)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> staged(JsonNode report) {
    return stack
        .object(report.at("/staged/samplesheet").asText())
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1)[1])
        .toList();
  }
}
