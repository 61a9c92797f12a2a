package io.towpath.sandbox.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.sandbox.http.Fuzzer;
import io.towpath.sandbox.http.Route;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
  private static final OpenApi SPEC = new OpenApi();
  private static final long SEED = 20_261_124;
  private static final int ROUNDS = Integer.getInteger("towpath.fuzz.rounds", 2);

  /** What section 2 of the contract lets every service answer. */
  private static final Set<Integer> REFUSALS =
      Set.of(400, 401, 403, 404, 405, 406, 409, 412, 413, 415);

  @AutoClose private final TestSynapse synapse = new TestSynapse(false);
  private final Fuzzer fuzzer = new Fuzzer(SPEC.document(), SEED);
  private int serial;

  /** Fresh objects, so that one route's deletes do not make the next route's calls pointless. */
  private Map<String, String> known() {
    serial++;
    SynapseSeed seed = synapse.platform.seed();
    String project = synapse.project("fuzz " + serial);
    String file = seed.file(project, "a.txt", "text/plain", "a".getBytes(StandardCharsets.UTF_8));
    seed.annotate(file, "assay", List.of("rnaSeq"));
    var entity = synapse.get("/repo/v1/entity/" + file);
    String activity = synapse.post("/repo/v1/activity", Json.object()).text("id");
    synapse.put("/repo/v1/entity/" + file + "/generatedBy?generatedBy=" + activity);
    Map<String, String> known = new HashMap<>();
    for (String name : List.of("id", "targetId", "entityId", "associateObjectId", "object_id")) {
      known.put(name, file);
    }
    for (String name : List.of("parentId", "projectId", "scopeIds", "objectId")) {
      known.put(name, project);
    }
    for (String name : List.of("dataFileHandleId", "fileHandleId", "handleId", "oldFileHandleId")) {
      known.put(name, entity.text("dataFileHandleId"));
    }
    known.put("newFileHandleId", synapse.handle(TestSynapse.md5(serial)));
    EntityType[] types = EntityType.values();
    known.put(
        "org.sagebionetworks.repo.model.Entity", types[serial % types.length].concreteType());
    known.put("versionNumber", "1");
    known.put("generatedBy", activity);
    known.put("contentMD5Hex", TestSynapse.md5(serial));
    known.put("partSizeBytes", Integer.toString(5 << 20));
    known.put("entityName", "a.txt");
    known.put("includeTypes", "file");
    known.put("sql", "select * from " + file);
    known.put("name", "n" + serial);
    known.put("redirect", "false");
    return known;
  }

  @Test
  void no_request_to_any_route_gets_an_answer_against_the_contract() {
    List<String> problems = new ArrayList<>();
    for (Route route : synapse.platform.routes()) {
      if (!route.template().startsWith(PresignedRoutes.PREFIX)) {
        String template = (Services.of(route).base() + route.template()).replaceAll("/$", "");
        for (int round = 0; round < ROUNDS; round++) {
          problems.addAll(fuzz(route, template));
        }
      }
    }
    assertThat(problems).isEmpty();
  }

  private List<String> fuzz(Route route, String template) {
    Map<String, String> known = known();
    if (route.template().startsWith("/activity/")) {
      known.put("id", known.getOrDefault("generatedBy", ""));
    }
    List<String> problems = new ArrayList<>();
    for (Fuzzer.Attempt attempt : fuzzer.attempts(route.method(), template, known)) {
      List<String> found = problems(template, attempt);
      String call = attempt.method() + " " + template + " (" + attempt.oddity() + "): ";
      found.stream().limit(2).forEach(problem -> problems.add(call + problem));
    }
    return problems;
  }

  private List<String> problems(String template, Fuzzer.Attempt attempt) {
    TestSynapse.Answer answer;
    try {
      answer = synapse.send(request(attempt));
    } catch (UncheckedIOException failed) {
      return List.of("no answer: " + failed.getMessage());
    } catch (IllegalArgumentException noSuchUri) {
      return List.of();
    }
    boolean refused = REFUSALS.contains(answer.status());
    if (attempt.method().equals("HEAD")) {
      return refused || answer.status() < 400 ? List.of() : List.of("HEAD " + answer.status());
    }
    if (refused) {
      boolean told = answer.json().has("reason") || answer.json().has("msg");
      return told ? List.of() : List.of(answer.status() + " without a reason: " + answer.body());
    }
    String method = attempt.method().toLowerCase(java.util.Locale.ROOT);
    boolean foreseen = SPEC.has(method, template);
    if (foreseen) {
      return SPEC.problems(method, template, answer);
    }
    return answer.status() < 400 ? List.of() : List.of("status " + answer.status());
  }

  private HttpRequest.Builder request(Fuzzer.Attempt attempt) {
    HttpRequest.Builder request =
        synapse
            .request(attempt.path())
            .timeout(Duration.ofSeconds(20))
            .method(attempt.method(), HttpRequest.BodyPublishers.ofByteArray(attempt.body()));
    attempt.headers().forEach(request::header);
    return request;
  }
}
