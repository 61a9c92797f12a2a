package io.towpath.workflows.cavatica;

import io.towpath.workflows.model.CanonicalJson;
import io.towpath.workflows.request.Fields;
import io.towpath.workflows.samplesheet.ForeignStep;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.TaskOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How tasks are made and run, as written.
 *
 * @param activity the user's own that makes the inputs; empty where expressions do
 * @param launch {@code auto}, {@code draftOnly} or {@code afterApproval}
 * @param maxConcurrent tasks at a time
 */
public record TaskRequest(
    String groupBy,
    String name,
    Optional<ForeignStep> activity,
    Map<String, String> inputs,
    boolean validateAgainstApp,
    String launch,
    int maxConcurrent,
    TaskOptions options) {
  static final int MOST_CONCURRENT = 1_000;

  private static final String ACTIVITY = "activity";
  private static final String DRAFT_ONLY = "draftOnly";
  private static final String AFTER_APPROVAL = "afterApproval";

  static TaskRequest read(Fields fields, CavaticaRequest.App app) {
    String groupBy = fields.text("groupBy", "sample_id", "the column that names the sample");
    TaskRequest request =
        new TaskRequest(
            groupBy,
            fields
                .optionalText(
                    "name", "name of a task, with {column} and {opKey}; default: sample and app")
                .orElse("{" + groupBy + "} " + app.name() + " [{opKey}]"),
            readActivity(fields),
            expressions(fields, "inputs", "expression by the app's input id, over a sample"),
            fields.flag("validateAgainstApp", true, "check inputs against the app's CWL"),
            fields.choice(
                "launch",
                List.of("auto", DRAFT_ONLY, AFTER_APPROVAL),
                "run the drafts, leave them as drafts, or run them once gate launch is approved"),
            fields.number("maxConcurrent", 50, 1, MOST_CONCURRENT, "tasks at a time"),
            readOptions(fields));
    request.check(fields);
    return request;
  }

  private static Optional<ForeignStep> readActivity(Fields fields) {
    String adapter =
        fields.choice("adapter", List.of("jsonata", ACTIVITY), "what makes the inputs of tasks");
    Optional<ForeignStep> step =
        fields.optionalObject(
            ACTIVITY,
            "an activity of your own that makes the inputs of all tasks",
            own ->
                new ForeignStep(
                    own.text("name", "its type"),
                    own.text("taskQueue", "the queue that its worker polls")));
    boolean named = fields.raw(ACTIVITY) != null;
    if (adapter.equals(ACTIVITY) != named) {
      fields.problem(
          ACTIVITY,
          named
              ? "is named, and adapter is not \"activity\""
              : "missing; adapter \"activity\" needs it");
    }
    return step;
  }

  private static TaskOptions readOptions(Fields fields) {
    return new TaskOptions(
        fields.flag("interruptible", true, "run on instances that may be taken away"),
        fields.flag("memoize", true, "reuse what an earlier attempt of a task did"),
        fields.number("maxReruns", 1, 0, 10, "new attempts of a task that failed"),
        fields
            .choice(
                "onTaskFailure",
                List.of("continue", "stop"),
                "a task that failed: go on with the others, or start no more")
            .equals("continue"));
  }

  private void check(Fields fields) {
    if (activity.isPresent() && !inputs.isEmpty()) {
      fields.problem("inputs", "are made by tasks.activity; leave them out");
    }
    if (fields.raw(ACTIVITY) == null && inputs.isEmpty()) {
      fields.problem("inputs", "missing; name an expression for each input of the app");
    }
  }

  /** Expressions by name; a number, a flag or a list is the expression that it is in JSON. */
  static Map<String, String> expressions(Fields fields, String name, String meaning) {
    Map<String, String> expressions = new TreeMap<>();
    fields
        .free(name, meaning)
        .forEach(
            (key, value) -> {
              if (value == null || value.equals("")) {
                fields.problem(name + "." + key, "is empty; expected an expression");
              } else {
                expressions.put(key, value instanceof String t ? t : CanonicalJson.write(value));
              }
            });
    return expressions;
  }

  boolean draftOnly() {
    return launch.equals(DRAFT_ONLY);
  }

  boolean afterApproval() {
    return launch.equals(AFTER_APPROVAL);
  }
}
