package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.SpecDigest;
import io.towpath.workflows.samples.TaskInputs;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;
import java.util.Map;

/**
 * One sample's task as it is asked for. Its attempts differ by their keys alone.
 *
 * @param effect digest of what the task gets before its key is filled in
 */
record WantedTask(DraftTasks request, TaskInputs line, SpecDigest effect) {
  private static final String STEP = "task";

  static WantedTask of(DraftTasks request, TaskInputs line) {
    return new WantedTask(request, line, effectOf(request.app(), line));
  }

  /** Digest of what a task gets before its key is filled in. */
  static SpecDigest effectOf(String app, TaskInputs line) {
    return SpecDigest.of(Map.of("app", app, "inputs", line.inputs()));
  }

  static RunKey key(String scope, String sample, SpecDigest effect, int attempt) {
    return RunKey.of(scope, STEP, sample, effect, attempt);
  }

  String sample() {
    return line.sample();
  }

  RunKey key(int attempt) {
    return key(request.scope(), sample(), effect, attempt);
  }

  /** The task's name, in which the key stands by itself, whatever the template says. */
  String name(RunKey key) {
    String name = line.name().replace(TaskInputs.OP_KEY, key.value());
    return ProjectTasks.words(name).contains(key.value()) ? name : name + " [" + key + "]";
  }

  /** The inputs that a draft begins with: without those that need its id. */
  ObjectNode firstInputs(RunKey key) {
    ObjectNode inputs = JsonNodeFactory.instance.objectNode();
    tree()
        .properties()
        .forEach(
            input -> {
              if (!input.getValue().toString().contains(TaskInputs.TASK_ID)) {
                inputs.set(input.getKey(), filled(input.getValue(), key.value(), ""));
              }
            });
    return inputs;
  }

  /** All inputs of the draft with this id. */
  ObjectNode inputs(RunKey key, String taskId) {
    return (ObjectNode) filled(tree(), key.value(), taskId);
  }

  private JsonNode tree() {
    return S3Documents.JSON.valueToTree(line.inputs());
  }

  private static JsonNode filled(JsonNode value, String key, String taskId) {
    if (value.isTextual()) {
      String text = value.textValue().replace(TaskInputs.OP_KEY, key);
      return JsonNodeFactory.instance.textNode(text.replace(TaskInputs.TASK_ID, taskId));
    }
    if (value.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      value
          .properties()
          .forEach(field -> object.set(field.getKey(), filled(field.getValue(), key, taskId)));
      return object;
    }
    if (value.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      value.forEach(item -> array.add(filled(item, key, taskId)));
      return array;
    }
    return value;
  }
}
