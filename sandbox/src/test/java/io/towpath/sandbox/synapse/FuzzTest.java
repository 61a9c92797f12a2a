package io.towpath.sandbox.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.sandbox.http.Fuzzer;
import io.towpath.sandbox.http.Route;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private static final int ROUNDS = Integer.getInteger("towpath.fuzz.rounds", 1);

  /** What section 2 of the contract lets every service answer. */
  private static final Set<Integer> REFUSALS =
      Set.of(400, 401, 403, 404, 405, 406, 409, 412, 413, 415);

  @AutoClose private final TestSynapse synapse = new TestSynapse(false);
  private final Fuzzer fuzzer = new Fuzzer(SPEC.document(), SEED);
  private int serial;

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
    serial++;
    FuzzGround ground = new FuzzGround(synapse, serial);
    List<String> problems = new ArrayList<>();
    for (Fuzzer.Attempt attempt :
        fuzzer.attempts(route.method(), template, ground.known(route.template()))) {
      List<String> found = problems(template, attempt, ground);
      String call = attempt.method() + " " + template + " (" + attempt.oddity() + "): ";
      found.stream().limit(2).forEach(problem -> problems.add(call + problem));
    }
    return problems;
  }

  private List<String> problems(String template, Fuzzer.Attempt attempt, FuzzGround ground) {
    TestSynapse.Answer answer;
    try {
      answer = synapse.send(request(attempt, ground));
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

  private HttpRequest.Builder request(Fuzzer.Attempt attempt, FuzzGround ground) {
    HttpRequest.Builder request =
        synapse
            .request(attempt.path())
            .timeout(Duration.ofSeconds(20))
            .method(
                attempt.method(),
                HttpRequest.BodyPublishers.ofByteArray(ground.fresh(attempt.body())));
    attempt.headers().forEach(request::header);
    return request;
  }
}
