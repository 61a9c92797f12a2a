package io.towpath.workflows.progress;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The gates of a run: which wait, who may open them, and who did. */
public final class Gates {
  private final Map<String, String> waiting = new TreeMap<>();
  private final Map<String, List<String>> approvers = new TreeMap<>();
  private final Map<String, String> approvals = new TreeMap<>();

  /** Says who may open which gate; a gate that is not named may be opened by anybody. */
  public void guard(Map<String, List<String>> gateKeepers) {
    approvers.putAll(gateKeepers);
  }

  /** Refuses the approval of a gate that the run does not wait at, or by somebody else. */
  public void require(String gate, String by) {
    TreeSet<String> gates = new TreeSet<>(waiting.values());
    if (!gates.contains(gate)) {
      throw new IllegalArgumentException(
          gates.isEmpty()
              ? "no gate waits for an approval"
              : "\"" + gate + "\" is no gate that waits; waiting: " + String.join(", ", gates));
    }
    List<String> may = approvers.getOrDefault(gate, List.of());
    if (!may.isEmpty() && !may.contains(by)) {
      throw new IllegalArgumentException(
          "\"" + by + "\" may not open " + gate + "; its approvers: " + String.join(", ", may));
    }
  }

  public void approve(String gate, String by, String note) {
    approvals.put(gate, note == null || note.isBlank() ? by : by + ": " + note);
  }

  /** Who opened which gate, for the report. */
  public Map<String, String> approvals() {
    return new TreeMap<>(approvals);
  }

  boolean isOpen(String gate) {
    return approvals.containsKey(gate);
  }

  /** Several stages may wait at one gate. */
  void waits(String gate, String stage) {
    waiting.put(stage, gate);
  }

  void passed(String stage) {
    waiting.remove(stage);
  }
}
