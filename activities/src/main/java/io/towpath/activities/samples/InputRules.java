package io.towpath.activities.samples;

import io.towpath.activities.samples.Expressions.Outcome;
import io.towpath.activities.samples.Expressions.Rule;
import io.towpath.activities.samplesheet.ProblemList;
import io.towpath.workflows.samples.SampleRules;
import io.towpath.workflows.samples.TaskInputs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes the inputs of one task after the other from the expressions of the request. */
final class InputRules {
  /** A key and an id in the platform's form, to see that expressions leave theirs as they are. */
  private static final String A_KEY = "towpathtowpat";

  private static final String AN_ID = "01234567-89ab-4def-8123-456789abcdef";

  private final Map<String, Rule> rules = new TreeMap<>();
  private final Set<String> ids;
  private final AppCheck app;
  private final TaskName name;
  private final ProblemList problems;

  InputRules(SampleRules request, Expressions expressions, AppCheck app) {
    request
        .inputs()
        .forEach(
            (id, text) ->
                expressions
                    .read("tasks.inputs." + id, text)
                    .ifPresent(rule -> rules.put(id, rule)));
    this.ids = request.inputs().keySet();
    this.app = app;
    this.name = new TaskName(request.taskName(), expressions.problems());
    this.problems = expressions.problems();
  }

  /** Whether an expression may ask for files by their addresses. */
  boolean asksForAddresses() {
    return rules.values().stream().anyMatch(rule -> rule.mentions("$file"));
  }

  /** The inputs of one sample; empty where something is wrong with them, which is told. */
  Optional<TaskInputs> of(SampleContext sample) {
    int before = problems.size();
    Map<String, Object> values = new TreeMap<>();
    boolean failed = rules.size() < ids.size();
    for (Map.Entry<String, Rule> rule : rules.entrySet()) {
      Outcome outcome = evaluate(rule.getValue(), sample);
      failed |= outcome.failed();
      outcome.value().ifPresent(value -> values.put(rule.getKey(), value));
    }
    if (failed) {
      return Optional.empty();
    }
    Map<String, Object> complete = app.complete(values, ids, sample.place());
    String task = name.of(sample);
    return problems.size() > before || problems.full()
        ? Optional.empty()
        : Optional.of(new TaskInputs(sample.id(), task, complete));
  }

  private Outcome evaluate(Rule rule, SampleContext sample) {
    Map<String, Object> variables = sample.variables();
    Outcome outcome =
        rule.evaluate(
            sample.input(TaskInputs.OP_KEY, TaskInputs.TASK_ID), variables, sample.place());
    if (outcome.failed() || !rule.mentions("opKey", "taskId")) {
      return outcome;
    }
    Outcome later = rule.evaluate(sample.input(A_KEY, AN_ID), variables, sample.place());
    if (!later.failed() && !later.value().equals(outcome.value().map(InputRules::filled))) {
      problems.add(
          sample.place(),
          rule.field()
              + ": opKey and taskId are known only later and can be put into a text as they are;"
              + " remove what is made of them");
      return Outcome.FAILED;
    }
    return later.failed() ? later : outcome;
  }

  private static Object filled(Object value) {
    if (value instanceof String text) {
      return text.replace(TaskInputs.OP_KEY, A_KEY).replace(TaskInputs.TASK_ID, AN_ID);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(filled(item)));
      return copy;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(key, filled(item)));
      return copy;
    }
    return value;
  }
}
