package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;

/**
 * A release whose run is terminated right after a platform call, once for each call that it was
 * recorded to make, and started again: another run goes on with what runs. Attempts of the
 * terminated one that are under way go on beside it until Temporal tells them.
 */
final class TakeOverMatrix {
  private final Stack stack;
  private final Cell.Kind kind;
  private final Essence spared;
  private final List<String> aims;

  /**
   * Records its calls.
   *
   * @param name how the recorded one is called
   */
  TakeOverMatrix(Stack stack, Cell.Kind kind, String name) {
    this.stack = stack;
    this.kind = kind;
    Cell recorded = kind.named(name);
    this.spared = recorded.outcome(recorded.start());
    this.aims = Kill.aims(recorded.workflowId());
  }

  /** One test for each recorded call that matches, under names that begin so. */
  List<DynamicTest> after(String calls, String prefix) {
    Map<String, Runnable> tests = new LinkedHashMap<>();
    for (String aim : aims) {
      if (Kill.callOf(aim).matches(calls)) {
        String name = prefix + tests.size();
        tests.put(aim, () -> takenOver(kind.named(name), aim));
      }
    }
    return AtOnce.tests(tests);
  }

  /** A read that a worker does without is no failure; a change has to be struck. */
  private void takenOver(Cell cell, String aim) {
    Kill.whenStruck(cell.workflowId(), () -> terminate(cell.workflowId()));
    Kill.aim(cell.workflowId(), List.of(aim));

    List<String> differences = cell.outcome(cell.start()).differencesFrom(spared);

    assertThat(changesOfAnotherStart(cell)).isEmpty();
    assertThat(ReleaseCell.unexplained(differences)).as(aim).isEmpty();
    assertThat(Kill.missed(cell.workflowId()))
        .as("calls after which no run was terminated")
        .allMatch(missed -> !Kill.changes(Kill.callOf(missed)));
  }

  private List<JsonNode> changesOfAnotherStart(Cell cell) {
    long before = stack.now();
    Map<?, ?> again = cell.start().getResult(Map.class);
    assertThat(again.get("outcome")).isEqualTo("NOOP");
    Pattern ours = Pattern.compile(cell.calls());
    return stack.effects("", "", before).stream()
        .filter(effect -> ours.matcher(effect.toString()).find())
        .toList();
  }

  private void terminate(String workflowId) {
    stack.client().newUntypedWorkflowStub(workflowId).terminate("as an operator may");
  }
}
