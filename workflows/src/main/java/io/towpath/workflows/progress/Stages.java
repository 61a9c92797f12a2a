package io.towpath.workflows.progress;

import io.temporal.workflow.Workflow;
import io.towpath.workflows.SearchKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keeps the state of a run's stages and publishes it: query, search attributes, current details.
 */
public final class Stages {
  private final Map<String, StageView> stages = new LinkedHashMap<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private boolean searchable;
  private String current = "";
  private final Map<String, String> attention = new LinkedHashMap<>();
  private final Map<String, String> remarks = new LinkedHashMap<>();

  /** Names the stages to come, in order. */
  public Stages(List<String> names) {
    names.forEach(this::expect);
  }

  /** Adds a stage to come. */
  public void expect(String name) {
    stages.put(
        name, view(name, "waiting", "", Optional.empty(), Optional.empty(), Optional.empty()));
  }

  /** Begins to publish search attributes: the server knows them, and these never change again. */
  public void searchable(String kind, Optional<String> dataset) {
    searchable = true;
    Workflow.upsertTypedSearchAttributes(
        SearchKeys.KIND.valueSet(kind),
        SearchKeys.DATASET.valueSet(dataset.orElse("none")),
        SearchKeys.STAGE.valueSet(current));
  }

  public void begin(String name, String text) {
    current = name;
    update(name, "running", text, Optional.empty());
    if (searchable) {
      Workflow.upsertTypedSearchAttributes(SearchKeys.STAGE.valueSet(name));
    }
  }

  /** Says more about a stage that is under way. */
  public void say(String name, String text, Optional<String> url) {
    update(name, "running", text, url);
  }

  public void done(String name, String text) {
    update(name, "done", text, Optional.empty());
  }

  public void failed(String name, String text) {
    update(name, "failed", text, Optional.empty());
  }

  public void skipped(String name, String text) {
    update(name, "skipped", text, Optional.empty());
  }

  /** Marks what is under way as failed or cancelled; what never began is skipped. */
  public void end(String state, String text) {
    for (StageView stage : List.copyOf(stages.values())) {
      if (stage.state().equals("running")) {
        update(stage.name(), state, text, Optional.empty());
      } else if (stage.state().equals("waiting")) {
        update(stage.name(), "skipped", "", Optional.empty());
      }
    }
  }

  /** Shows that a person has to decide about a stage, and why; empty clears it. */
  public void attention(String stage, Optional<String> reason) {
    show(attention, stage, reason);
  }

  /** Shows that a person should look at what a stage meets; it goes on by itself. */
  public void remark(String stage, Optional<String> reason) {
    show(remarks, stage, reason);
  }

  private void show(Map<String, String> shown, String stage, Optional<String> reason) {
    if (!Optional.ofNullable(shown.get(stage)).equals(reason)) {
      reason.ifPresentOrElse(why -> shown.put(stage, why), () -> shown.remove(stage));
      publish();
    }
  }

  /** Why a person should look; with the stages' names where there are several reasons. */
  public Optional<String> attention() {
    if (attention.size() + remarks.size() < 2) {
      return Stream.concat(attention.values().stream(), remarks.values().stream()).findFirst();
    }
    List<String> all = new ArrayList<>();
    attention.forEach((stage, why) -> all.add(stage + ": " + why));
    remarks.forEach((stage, why) -> all.add(stage + ": " + why));
    return Optional.of(String.join("; ", all));
  }

  /** Names of the stages that a person has to decide about. */
  public List<String> waiting() {
    return List.copyOf(attention.keySet());
  }

  public void count(String name, long value) {
    counts.put(name, value);
  }

  public void outcome(String outcome, long failed, List<String> externalIds) {
    if (searchable) {
      Workflow.upsertTypedSearchAttributes(
          SearchKeys.OUTCOME.valueSet(outcome),
          SearchKeys.ITEMS_FAILED.valueSet(failed),
          SearchKeys.EXTERNAL_RUN_IDS.valueSet(externalIds));
    }
  }

  public String current() {
    return current;
  }

  public List<StageView> views() {
    return List.copyOf(stages.values());
  }

  public Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }

  /** Stage, state and duration of each, for the report. */
  public List<Map<String, Object>> timeline() {
    List<Map<String, Object>> timeline = new ArrayList<>();
    for (StageView stage : stages.values()) {
      Map<String, Object> line = new TreeMap<>();
      line.put("stage", stage.name());
      line.put("state", stage.state());
      line.put("text", stage.text());
      stage.since().ifPresent(since -> line.put("since", since.toString()));
      if (stage.since().isPresent() && stage.until().isPresent()) {
        line.put(
            "seconds",
            Duration.between(stage.since().get(), stage.until().get()).toMillis() / 1000.0);
      }
      timeline.add(line);
    }
    return timeline;
  }

  private void update(String name, String state, String text, Optional<String> url) {
    StageView before = stages.get(name);
    Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    boolean over = !state.equals("running");
    stages.put(
        name,
        view(
            name,
            state,
            text,
            url.or(() -> before == null ? Optional.empty() : before.url()),
            before == null || before.since().isEmpty() ? Optional.of(now) : before.since(),
            over ? Optional.of(now) : Optional.empty()));
    publish();
  }

  private static StageView view(
      String name,
      String state,
      String text,
      Optional<String> url,
      Optional<Instant> since,
      Optional<Instant> until) {
    return new StageView(name, state, text, url, since, until);
  }

  private void publish() {
    StringBuilder table = new StringBuilder("| stage | state | |\n|---|---|---|\n");
    for (StageView stage : stages.values()) {
      table.append("| ").append(stage.name()).append(" | ").append(stage.state()).append(" | ");
      table.append(stage.text().replace("|", "\\|"));
      stage.url().ifPresent(url -> table.append(" [watch](").append(url).append(')'));
      table.append(" |\n");
    }
    attention()
        .ifPresent(
            why ->
                table.append("\n**").append(StatusView.NEEDS_ATTENTION).append("** ").append(why));
    Workflow.setCurrentDetails(table.toString());
  }
}
