package io.towpath.activities.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(30)
class StatusReaderTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Runs runs = new Runs();
  private final StatusReader<String> reader = new StatusReader<>(runs, MINUTE);

  @Test
  void many_who_ask_at_once_are_answered_by_one_sweep() throws Exception {
    List<Callable<Optional<String>>> questions = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String id = "run-" + i;
      runs.listed.put(id, "RUNNING");
      questions.add(() -> reader.ask(id, MINUTE));
    }
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      for (Future<Optional<String>> answer : threads.invokeAll(questions)) {
        assertThat(answer.get()).contains("RUNNING");
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(runs.sweeps).isEqualTo(1);
    assertThat(runs.singles).isZero();
  }

  @Test
  void an_answer_that_is_too_old_is_not_given_again() {
    runs.listed.put("a", "RUNNING");
    assertThat(reader.ask("a", Duration.ZERO)).contains("RUNNING");
    runs.listed.put("a", "SUCCEEDED");

    assertThat(reader.ask("a", Duration.ZERO)).contains("SUCCEEDED");
  }

  @Test
  void an_answer_of_a_sweep_tells_how_old_it_is() {
    runs.listed.put("a", "RUNNING");
    runs.hidden.put("old", "RUNNING");
    reader.ask("a", MINUTE);
    reader.ask("old", MINUTE);
    Duration then = reader.age("a");

    assertThat(then).isBetween(Duration.ZERO, MINUTE);
    assertThat(reader.age("a")).isGreaterThan(then);
    assertThat(reader.age("old")).as("asked for alone").isZero();
  }

  @Test
  void a_new_run_is_looked_for_at_once() {
    runs.listed.put("a", "RUNNING");
    assertThat(reader.ask("a", MINUTE)).isPresent();
    runs.listed.put("b", "SUBMITTED");

    assertThat(reader.ask("b", MINUTE)).contains("SUBMITTED");
    assertThat(runs.sweeps).isEqualTo(2);
  }

  @Test
  void a_run_that_is_not_listed_is_asked_for_by_id_and_sweeps_no_more() {
    runs.hidden.put("old", "RUNNING");

    assertThat(reader.ask("old", Duration.ZERO)).contains("RUNNING");
    assertThat(reader.ask("old", Duration.ZERO)).contains("RUNNING");

    assertThat(runs.sweeps).isEqualTo(1);
    assertThat(runs.singles).isEqualTo(2);
  }

  @Test
  void a_run_that_the_platform_does_not_know_is_no_error() {
    assertThat(reader.ask("nobody", MINUTE)).isEmpty();
  }

  @Test
  void an_outage_is_asked_about_once_for_everybody() {
    runs.outage = true;

    for (String id : List.of("a", "b", "c")) {
      assertThatExceptionOfType(PlatformException.class).isThrownBy(() -> reader.ask(id, MINUTE));
    }
    assertThat(runs.sweeps).isEqualTo(1);
  }

  @Test
  void only_what_is_wanted_is_looked_for() {
    runs.listed.put("a", "RUNNING");
    assertThat(reader.ask("a", Duration.ZERO)).isPresent();
    reader.forget("a");
    runs.listed.put("b", "RUNNING");
    assertThat(reader.ask("b", Duration.ZERO)).isPresent();

    assertThat(runs.lastWanted).containsExactly("b");
  }

  @Test
  void a_page_of_runs_is_asked_for_at_once() {
    runs.listed.putAll(Map.of("a", "RUNNING", "b", "RUNNING"));

    assertThat(reader.askAll(Set.of("a", "b", "gone"), MINUTE)).containsOnlyKeys("a", "b");

    assertThat(runs.sweeps).isEqualTo(1);
    assertThat(runs.lastWanted).containsExactlyInAnyOrder("a", "b", "gone");
  }

  @Test
  void a_bulk_call_takes_along_who_waits_longest_as_far_as_there_is_room() {
    runs.atOnce = 2;
    runs.answerOnlyWanted = true;
    runs.listed.putAll(Map.of("a", "RUNNING", "b", "RUNNING", "c", "RUNNING"));
    reader.askAll(Set.of("c"), Duration.ZERO);
    reader.askAll(Set.of("b"), Duration.ZERO);
    assertThat(runs.lastWanted).containsExactlyInAnyOrder("c", "b");
    reader.askAll(Set.of("b", "a"), Duration.ZERO);
    assertThat(runs.lastWanted).containsExactlyInAnyOrder("b", "a");

    reader.askAll(Set.of("a"), Duration.ZERO);

    assertThat(runs.lastWanted).containsExactlyInAnyOrder("a", "c");
  }

  @Test
  void a_call_takes_along_as_many_as_it_tells_of() {
    runs.atOnce = 3;
    runs.answerOnlyWanted = true;
    runs.listed.putAll(Map.of("a", "RUNNING", "b", "RUNNING", "c", "RUNNING"));
    reader.askAll(Set.of("a", "b", "c"), Duration.ZERO);

    reader.askAll(Set.of("c"), Duration.ZERO);

    assertThat(runs.lastWanted).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void who_wants_an_answer_of_now_asks_in_spite_of_an_outage_before() {
    runs.listed.put("a", "RUNNING");
    runs.outage = true;
    assertThatExceptionOfType(PlatformException.class).isThrownBy(() -> reader.ask("a", MINUTE));
    runs.outage = false;

    assertThat(reader.ask("a", Duration.ZERO)).contains("RUNNING");
  }

  @Test
  void a_run_that_is_gone_from_the_list_is_not_told_from_memory() {
    runs.listed.put("a", "RUNNING");
    assertThat(reader.ask("a", Duration.ZERO)).isPresent();
    runs.listed.remove("a");

    assertThat(reader.ask("a", Duration.ZERO)).isEmpty();
  }

  @Test
  void a_run_that_has_ended_is_not_asked_for_again() {
    runs.listed.putAll(Map.of("a", "SUCCEEDED", "b", "RUNNING"));
    reader.askAll(Set.of("a", "b"), Duration.ZERO);

    assertThat(reader.askAll(Set.of("a", "b"), Duration.ZERO)).containsEntry("a", "SUCCEEDED");
    assertThat(runs.lastWanted).containsExactly("b");

    reader.forget("b");
    reader.ask("a", Duration.ZERO);
    assertThat(runs.sweeps).isEqualTo(2);
  }

  @Test
  void what_is_known_is_told_while_the_platform_is_down() {
    runs.listed.put("a", "RUNNING");
    reader.ask("a", MINUTE);
    runs.outage = true;

    assertThatExceptionOfType(PlatformException.class).isThrownBy(() -> reader.ask("b", MINUTE));
    assertThat(reader.ask("a", MINUTE)).contains("RUNNING");
  }

  private static final class Runs implements StatusReader.Source<String> {
    private final Map<String, String> listed = new HashMap<>();
    private final Map<String, String> hidden = new HashMap<>();
    private Set<String> lastWanted = Set.of();
    private boolean outage;
    private boolean answerOnlyWanted;
    private int atOnce = Integer.MAX_VALUE;
    private int sweeps;
    private int singles;

    @Override
    public Map<String, String> sweep(Set<String> wanted) {
      sweeps++;
      lastWanted = Set.copyOf(wanted);
      if (outage) {
        throw new PlatformException(FailureKind.PLATFORM_UNAVAILABLE, "HTTP 503");
      }
      Map<String, String> answer = new HashMap<>(listed);
      if (answerOnlyWanted) {
        answer.keySet().retainAll(wanted);
      }
      return answer;
    }

    @Override
    public int atOnce() {
      return atOnce;
    }

    @Override
    public boolean ended(String state) {
      return state.equals("SUCCEEDED");
    }

    @Override
    public Optional<String> one(String id) {
      singles++;
      return Optional.ofNullable(hidden.get(id));
    }
  }
}
