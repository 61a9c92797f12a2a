package io.towpath.activities.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.config.Secret;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.tower.RunStatus;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lists of runs as servers of several versions give them (contract section 2). */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(30)
class TowerRunsTest {
  private static final String OURS = "reads-abcdefghijklm";

  @AutoClose private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @Test
  void a_run_on_a_later_page_is_found_while_others_come_and_the_keys_change_places() {
    answer("{\"hasMore\":true,\"workflows\":[" + others(100) + "],\"totalSize\":201}");
    answer("{\"totalSize\":203,\"workflows\":[" + others(100) + "],\"hasMore\":true}");
    answer("{\"workflows\":[" + run("id1", OURS) + "],\"totalSize\":203,\"hasMore\":false}");

    assertThat(runs().named(OURS)).extracting(RunRow::id).containsExactly("id1");
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void a_full_page_is_followed_by_the_next_one_where_the_server_does_not_say_so() {
    answer("{\"workflows\":[" + others(100) + "]}");
    answer("{\"workflows\":[" + run("id1", OURS) + "]}");

    assertThat(runs().named(OURS)).hasSize(1);
  }

  @Test
  void an_empty_page_ends_the_list_whatever_is_promised() {
    answer("{\"workflows\":[" + run("id1", OURS) + "],\"hasMore\":true}");
    answer("{\"workflows\":[],\"hasMore\":true}");

    assertThat(runs().named(OURS)).hasSize(1);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void a_run_without_session_status_or_time_does_not_hide_the_others() {
    answer(
        "{\"workflows\":[{\"workflow\":{\"id\":\"bare\",\"runName\":\""
            + OURS
            + "\",\"sessionId\":null,\"status\":null,\"submit\":null}},{\"workflow\":null},"
            + run("id1", OURS)
            + "],\"hasMore\":false}");

    assertThat(runs().named(OURS))
        .extracting(RunRow::id, RunRow::status)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("id1", RunStatus.RUNNING),
            org.assertj.core.groups.Tuple.tuple("bare", RunStatus.UNKNOWN));
  }

  @Test
  void an_answer_that_is_no_list_is_no_proof_that_nothing_runs() {
    answer("{\"message\":\"maintenance\"}");
    answer("{\"message\":\"maintenance\"}");

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> runs().named(OURS))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE));
  }

  private TowerRuns runs() {
    return new TowerRuns(
        new TowerClient(
            new OkHttpClient(),
            TowerClient.account(
                "default",
                new TowerConnection(
                    server.url("/api").uri(), new Secret("token"), Optional.empty()))),
        7);
  }

  private void answer(String json) {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Type", "application/json")
            .body(json)
            .build());
  }

  private static String others(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> run("other" + i, "other-" + i))
        .collect(Collectors.joining(","));
  }

  private static String run(String id, String name) {
    return "{\"workflow\":{\"id\":\""
        + id
        + "\",\"runName\":\""
        + name
        + "\",\"sessionId\":\"s\",\"status\":\"RUNNING\"}}";
  }
}
