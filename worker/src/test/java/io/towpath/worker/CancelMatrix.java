package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import io.towpath.proof.check.Outcome;
import io.towpath.proof.check.Rule;
import io.towpath.proof.check.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * Pieces of work that are cancelled in the middle of a call, once for each call that such work was
 * recorded to make. The call is held meanwhile: the in-JVM server refuses to cancel an activity
 * that ends at that moment, and its workflow goes on never.
 */
final class CancelMatrix {
  private static final Map.Entry<String, String> HELD =
      Map.entry("cancel", "{\"kind\":\"delay\",\"ms\":2000}");

  /** What holds as soon as it is cancelled; the others are about work that came to its end. */
  private static final Set<Rule> AT_ONCE =
      Set.of(Rule.QUIET_AFTER_CANCEL, Rule.NOTHING_LEFT, Rule.NO_SECRET, Rule.USER_DATA_KEPT);

  /** What holds of the second start alone, unless it goes on with the runs of the first. */
  private static final Set<Rule> OF_RUNS = Set.of(Rule.ONE_RUN, Rule.PROVENANCE, Rule.REPORT_TRUE);

  private static final Set<Rule> FILED_TWICE = Set.of(Rule.ONE_VERSION, Rule.PROVENANCE);
  private static final String FILED = "synapse POST /entity/bundle2/create";

  private static final String FOR_EVER =
      "{\"platform\":\"%s\",\"match\":\"%s\","
          + "\"steps\":[{\"status\":\"RUNNING\",\"forMs\":600000},{\"status\":\"%s\"}]}";

  private final Stack stack;
  private final String name;
  private final List<Recorded> recorded = new ArrayList<>();

  /**
   * @param name what names of cells begin with
   * @param kinds the cheapest first: a call is held in the first that makes it
   */
  CancelMatrix(Stack stack, String name, Cell.Kind... kinds) {
    this.stack = stack;
    this.name = name;
    for (Cell.Kind kind : kinds) {
      recorded.add(Recorded.of(stack, kind, name + "ended" + recorded.size()));
    }
  }

  /** The first of each route, or those of one route alone. */
  List<DynamicTest> firstCalls(String route) {
    return calls(route, 1);
  }

  List<DynamicTest> everyCall() {
    return calls("", Integer.MAX_VALUE);
  }

  private List<DynamicTest> calls(String part, int most) {
    Map<String, Runnable> cells = new LinkedHashMap<>();
    for (Recorded work : recorded) {
      for (Map.Entry<String, Integer> call : work.calls().entrySet()) {
        for (int skip = 0; skip < Math.min(call.getValue(), most); skip++) {
          Strike strike = Strike.once(call.getKey(), skip, HELD);
          if (call.getKey().contains(part) && !cells.containsKey(strike.told())) {
            String held = name + "held" + cells.size();
            cells.put(strike.told(), () -> cancelled(held, strike, work));
          }
        }
      }
    }
    return AtOnce.tests(cells);
  }

  private void cancelled(String held, Strike strike, Recorded work) {
    Cell cell = work.kind().named(held);
    if (strike.route().equals("seqera POST /workflow/launch")) {
      String run = "^" + held + "-" + (strike.skip() == 0 ? "a-" : "b-");
      stack.control("POST", "/plans", FOR_EVER.formatted("seqera", run, "SUCCEEDED"));
    } else if (strike.route().equals("sevenbridges POST /tasks/{id}/actions/run")) {
      stack.control(
          "POST", "/plans", FOR_EVER.formatted("sevenbridges", "_" + held + " ", "COMPLETED"));
    }
    Trial trial = Trial.of(cell, "cancel", List.of(strike.told()));
    try (Armed armed = Armed.against(cell, List.of(strike))) {
      WorkflowStub run = cell.start();
      trial.before(
          () -> {
            Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> armed.missed().isEmpty() || over(run));
            assertThat(armed.missed()).as("the call that is to be held").isEmpty();
          });
      run.cancel();
      if (endsCancelled(run)) {
        trial.recorded(() -> quiet(cell, trial, strike, run));
      } else {
        trial.against(work.outcome()).ended(run);
      }
    }
  }

  private static boolean over(WorkflowStub run) {
    return run.describe().getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  /** What is nearly done when it is cancelled comes to its end. */
  private static boolean endsCancelled(WorkflowStub run) {
    try {
      run.getResult(10, TimeUnit.MINUTES, Map.class);
      return false;
    } catch (WorkflowFailedException failed) {
      assertThat(failed).hasCauseInstanceOf(CanceledFailure.class);
      return true;
    } catch (TimeoutException never) {
      throw new AssertionError("cancelled, and still there", never);
    }
  }

  private Verdict quiet(Cell cell, Trial trial, Strike strike, WorkflowStub run) {
    long confirmed = stack.now();
    stack.replay(run);
    Awaitility.await().until(() -> sent(cell, trial.since(), strike.route()) > strike.skip());
    Verdict then =
        Verdict.of(
            cell.asked(trial.since(), MissingNode.getInstance())
                .cancelled(confirmed)
                .tells(stack.historyText(run)),
            stack.platforms());
    String outcome = firstReport(cell).path("outcome").asText();
    long again = stack.now();
    cell.start().getResult(Map.class);
    Verdict whole = judged(cell, trial.since());
    Map<Rule, Outcome> outcomes = new EnumMap<>(whole.outcomes());
    AT_ONCE.forEach(rule -> outcomes.put(rule, then.outcomes().get(rule)));
    Verdict second = judged(cell, again);
    if (outcome.equals("CANCELLED")) {
      // what the cancellation stopped is no double
      outcomes.put(Rule.DOUBLES_CANCELLED, second.outcomes().get(Rule.DOUBLES_CANCELLED));
    }
    if (!goesOn(whole)) {
      assertThat(outcome).isEqualTo("CANCELLED");
      OF_RUNS.forEach(rule -> outcomes.put(rule, second.outcomes().get(rule)));
      if (sent(cell, trial.since(), FILED) > sent(cell, again, FILED)) {
        FILED_TWICE.forEach(rule -> outcomes.put(rule, filedTwice(whole.outcomes().get(rule))));
      }
    }
    Verdict both = new Verdict(outcomes, 0, whole.calls());
    trial.holds(both);
    return both;
  }

  private static Outcome filedTwice(@Nullable Outcome outcome) {
    boolean twice =
        outcome instanceof Outcome.Violated violated
            && violated.how().stream().anyMatch(how -> how.contains("two versions"));
    return twice && outcome != null
        ? outcome
        : new Outcome.NotApplicable(
            "outputs were filed before the cancellation; what the second start made anew is another"
                + " version of them, by other runs");
  }

  private Verdict judged(Cell cell, long since) {
    return Verdict.of(cell.asked(since, cell.told()), stack.platforms());
  }

  private static boolean goesOn(Verdict whole) {
    return OF_RUNS.stream()
        .noneMatch(rule -> whole.outcomes().get(rule) instanceof Outcome.Violated);
  }

  /** How many calls of a route the journal has that tell that they are this cell's. */
  private long sent(Cell cell, long since, String route) {
    Pattern ours = Pattern.compile(cell.calls());
    return StreamSupport.stream(
            stack.control("GET", "/effects?since=" + since, "").spliterator(), false)
        .filter(
            sent ->
                route.equals(sent.path("platform").asText() + " " + sent.path("route").asText()))
        .filter(sent -> ours.matcher(sent.path("request").toString()).find())
        .count();
  }

  private JsonNode firstReport(Cell cell) {
    try {
      return stack.ledger(cell.workflowId()).entrySet().stream()
          .filter(entry -> entry.getKey().endsWith("g1/result"))
          .map(entry -> entry.getValue().path("report"))
          .findFirst()
          .orElse(MissingNode.getInstance());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
