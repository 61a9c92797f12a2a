package io.towpath.sandbox.seqera;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.sandbox.engine.Repository;
import io.towpath.sandbox.http.Fuzzer;
import io.towpath.sandbox.http.Route;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is sent to whichever route: never a 5xx, a hang, or an answer against the contract. */
@Timeout(300)
@DisplayNameGeneration(ReplaceUnderscores.class)
class FuzzTest {
  private static final SeqeraOpenApi SPEC = new SeqeraOpenApi();
  private static final long SEED = 20_261_124;
  private static final int ROUNDS = Integer.getInteger("towpath.fuzz.rounds", 1);

  /** What section 1 of the contract lets every call answer, and what any HTTP server does. */
  private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 404, 405, 409, 413, 415);

  @AutoClose private final TestSeqera seqera = new TestSeqera(settings -> settings);
  private final Fuzzer fuzzer = new Fuzzer(SPEC.document(), SEED);
  private int serial;
  private String lastSeen = "";

  /** Fresh objects, so that one route's deletes do not make the next route's calls pointless. */
  private Map<String, String> known() {
    serial++;
    String run = seqera.launched(seqera.quick("fuzz-" + serial));
    seqera.pass(600);
    var label = seqera.post("/labels", "{\"name\":\"fuzz" + serial % 50 + "\"}").body();
    var dataset = seqera.post("/datasets", "{\"name\":\"fuzz" + serial + "\"}").body();
    Map<String, String> known = new HashMap<>();
    known.put("workspaceId", Long.toString(seqera.workspaceId()));
    known.put("workflowId", run);
    known.put("workflowIds", run);
    known.put("run_id", run);
    known.put("labelIds", label.path("id").asText());
    known.put("datasetId", dataset.at("/dataset/id").asText());
    known.put("computeEnvId", seqera.platform.seed().computeEnv());
    known.put("pipelineId", Long.toString(seqera.pipelineId));
    known.put("launchId", seqera.workflow(run).path("launchId").asText());
    known.put("userId", Long.toString(Account.USER_ID));
    known.put("orgId", Long.toString(Account.ORG_ID));
    known.put("pipeline", Repository.DEMO.url());
    known.put("workflow_url", Repository.DEMO.url());
    known.put("revision", "1.0.0");
    known.put("workDir", "s3://" + TestSeqera.BUCKET + "/work");
    known.put("name", "fuzz" + serial);
    known.put("runName", "fuzzed-" + serial);
    known.put("fileName", "nf-" + run + ".log");
    known.put("paramsText", "{}");
    known.put("id", "");
    known.put("commitId", "");
    known.put("dateCreated", "2026-11-24T00:00:00Z");
    known.put("sessionId", "00000000-0000-4000-8000-000000000000");
    return known;
  }

  @Test
  void no_request_to_any_route_gets_an_answer_against_the_contract() {
    List<String> problems = new ArrayList<>();
    for (Route route : seqera.platform.routes()) {
      boolean page = route.template().contains("/watch/");
      for (int round = 0; !page && round < ROUNDS; round++) {
        Map<String, String> known = known();
        for (Fuzzer.Attempt attempt : fuzzer.attempts(route.method(), route.template(), known)) {
          List<String> found = problems(route.template(), attempt);
          String call = attempt.method() + " " + route.template() + " (" + attempt.oddity() + "): ";
          found.stream().limit(2).forEach(problem -> problems.add(call + problem));
          afterwards().forEach(problem -> problems.add(call + "afterwards " + problem));
        }
      }
    }
    assertThat(problems).isEmpty();
  }

  private List<String> problems(String template, Fuzzer.Attempt attempt) {
    TestSeqera.Answer answer;
    try {
      answer = seqera.send(request(attempt));
    } catch (UncheckedIOException failed) {
      return List.of("no answer: " + failed.getMessage());
    } catch (IllegalArgumentException noSuchUri) {
      return List.of();
    }
    boolean refused = REFUSALS.contains(answer.status());
    if (attempt.method().equals("HEAD")) {
      return refused || answer.status() < 400 ? List.of() : List.of("HEAD " + answer.status());
    }
    String method = attempt.method().toLowerCase(Locale.ROOT);
    if (SPEC.has(method, template)
        && (!refused || answer.body().has("msg") || answer.body().has("errors"))) {
      return SPEC.problems(method, template, answer);
    }
    if (refused) {
      return answer.body().has("message") || answer.body().has("msg")
          ? List.of()
          : List.of(answer.status() + " without a message: " + answer.text());
    }
    return answer.status() < 400 ? List.of() : List.of("status " + answer.status());
  }

  /** What the newest run shows of the odd fields that its launch was accepted with. */
  private List<String> afterwards() {
    var newest = seqera.get("/workflow?max=1&attributes=labels");
    String id = newest.body().at("/workflows/0/workflow/id").asText();
    if (id.equals(lastSeen)) {
      return List.of();
    }
    lastSeen = id;
    List<String> problems = new ArrayList<>(SPEC.problems("get", "/workflow", newest));
    problems.addAll(SPEC.problems("get", "/workflow/{workflowId}", seqera.get("/workflow/" + id)));
    problems.addAll(
        SPEC.problems(
            "get", "/workflow/{workflowId}/launch", seqera.get("/workflow/" + id + "/launch")));
    return problems;
  }

  private HttpRequest request(Fuzzer.Attempt attempt) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(seqera.api() + attempt.path()))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + TestSeqera.TOKEN)
            .method(attempt.method(), HttpRequest.BodyPublishers.ofByteArray(attempt.body()));
    attempt.headers().forEach(request::header);
    return request.build();
  }
}
