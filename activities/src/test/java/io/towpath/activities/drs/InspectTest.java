package io.towpath.activities.drs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.sandbox.control.Fault;
import io.towpath.workflows.drs.DrsActivities.MintRules;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What can be told about minting before the first effect. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class InspectTest {
  private final DrsSandbox sandbox = new DrsSandbox();

  @BeforeEach
  void beginAnew() {
    sandbox.forget();
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  private static MintRules rules(String minter, String dataset) {
    return MintScene.rules(minter, dataset);
  }

  @Test
  void what_can_be_used_has_no_problems_and_is_left_unchanged() {
    DrsActivitiesImpl worker = sandbox.worker();
    String dataset = sandbox.seed().dataset("registered", S3Sandbox.BUCKET);

    assertThat(worker.inspect(rules("indexd", ""))).isEmpty();
    assertThat(worker.inspect(rules("cavatica-dataset", dataset))).isEmpty();
    assertThat(worker.inspect(rules("cavatica-implicit", ""))).isEmpty();
    assertThat(sandbox.effects()).isEmpty();
    assertThat(rules("indexd", "").needsObjects()).isTrue();
    assertThat(rules("cavatica-implicit", "").needsObjects()).isFalse();
  }

  @Test
  void every_problem_is_told_at_once() {
    MintRules rules =
        new MintRules(
            "wrong", "cavatica-dataset", "regstered", "0.1.0", List.of("crc32"), Optional.empty());
    DrsActivitiesImpl worker = sandbox.worker(with("registered@0.1.0=some-id"));

    List<Problem> problems = worker.inspect(rules);

    assertThat(problems)
        .extracting(Problem::place)
        .containsExactly("drs.checksums", "drs.dataset", "drs.minter");
    assertThat(problems.get(1).text())
        .contains("did you mean registered@0.1.0?", "TOWPATH_DRS_DATASETS=regstered@0.1.0=<id>");
    assertThat(problems.get(2).text()).contains("HTTP 401");
  }

  @Test
  void a_dataset_is_found_by_the_name_that_the_worker_is_told() {
    String dataset = sandbox.seed().dataset("registered", S3Sandbox.BUCKET);
    DrsActivitiesImpl worker = sandbox.worker(with("registered@0.1.0=" + dataset));

    assertThat(worker.inspect(rules("cavatica-dataset", "registered"))).isEmpty();
    assertThat(
            worker
                .publish(
                    new MintScene(sandbox, rules("indexd", "")).claim,
                    rules("cavatica-dataset", "registered"))
                .datasetId())
        .isEqualTo(dataset);
  }

  @Test
  void a_minter_that_is_unknown_or_has_no_server_is_named() {
    Map<String, String> none = new TreeMap<>();
    none.put("DRS_ENDPOINT", sandbox.env().getOrDefault("DRS_ENDPOINT", ""));
    DrsActivitiesImpl bare = sandbox.worker(none);

    assertThat(textOf(bare, rules("indexed", ""))).contains("did you mean \"indexd\"?");
    assertThat(textOf(bare, rules("ga4gh-register", ""))).contains("Known: indexd, cavatica");
    assertThat(textOf(bare, rules("indexd", ""))).contains("lacks INDEXD_ENDPOINT");
    assertThat(textOf(bare, rules("synapse", ""))).contains("lacks SYNAPSE_AUTH_TOKEN");
  }

  @Test
  void a_base_of_ids_that_is_none_is_refused() {
    MintRules rules =
        new MintRules("default", "indexd", "", "", List.of("md5"), Optional.of("https://x/"));

    assertThat(sandbox.worker().inspect(rules))
        .singleElement()
        .satisfies(problem -> assertThat(problem.place()).isEqualTo("drs.selfUriBase"))
        .satisfies(problem -> assertThat(problem.text()).contains("such as drs://dg.4503:"));
  }

  @Test
  void a_server_that_does_not_answer_is_a_failure_to_try_again() {
    sandbox.strike(
        "indexd",
        "GET /ga4gh/drs/v1/service-info",
        "",
        new Fault(Fault.Kind.REFUSE, 0, 0, 0, Map.of(), Optional.empty(), ""),
        1);

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> sandbox.worker().inspect(rules("indexd", "")))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE));
  }

  @Test
  void a_doctor_is_told_who_answers() {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> sandbox.sites().examine("wrong"))
        .withMessageContainingAll("HTTP 401", "indexd 6.4.0");
    assertThat(sandbox.sites().examine("default").text())
        .contains("CAVATICA as ann", "DRS 1.2.0", "indexd 6.4.0", "DRS 1.5.0");
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> sandbox.sites().examine("other"))
        .withMessageContaining("it has: [default, wrong]");
  }

  private Map<String, String> with(String datasets) {
    Map<String, String> env = new TreeMap<>(sandbox.env());
    env.put("TOWPATH_DRS_DATASETS", datasets);
    return env;
  }

  private static String textOf(DrsActivitiesImpl worker, MintRules rules) {
    return worker.inspect(rules).get(0).text();
  }
}
