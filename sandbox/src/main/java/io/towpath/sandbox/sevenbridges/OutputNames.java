package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a simulated output is called and what stands in it, after the app's own {@code glob}. */
final class OutputNames {
  private static final Pattern INPUT = Pattern.compile("\\$\\(inputs\\.(\\w+)(\\.\\w+)*\\)");

  private final Realm realm;
  private final Task task;
  private final CwlPort port;
  private final String glob;

  OutputNames(Realm realm, Task task, CwlPort port) {
    this.realm = realm;
    this.task = task;
    this.port = port;
    JsonNode declared = port.declaration().path("outputBinding").path("glob");
    this.glob = declared.isArray() ? declared.path(0).asText("") : declared.asText("");
  }

  /** Whether the output is called after an input that the task does not set. */
  boolean needsUnsetInput() {
    Matcher names = INPUT.matcher(glob);
    while (names.find()) {
      if (input(names.group(1)).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /**
   * A file name.
   *
   * @param index from 1 on in lists, 0 for a single output
   */
  String name(int index) {
    String fallback = Projects.slug(task.name) + "." + port.id();
    String name =
        INPUT
            .matcher(glob)
            .replaceAll(found -> Matcher.quoteReplacement(input(found.group(1)).orElse("")));
    if (name.isBlank() || name.contains("$")) {
      name = fallback + ".txt";
    }
    name = name.substring(name.lastIndexOf('/') + 1);
    boolean star = name.contains("*");
    name = name.replaceFirst("\\*", Matcher.quoteReplacement(starred(index))).replace("*", "");
    return index == 0 || star ? name : index + "." + name;
  }

  private String starred(int index) {
    String base = Projects.slug(task.name);
    return index == 0 ? base : base + "_" + index;
  }

  private Optional<String> input(String id) {
    JsonNode value = task.inputs.path(id);
    if (value.isMissingNode() || value.isNull()) {
      value =
          CwlPort.of(task.app.cwl(), "inputs").stream()
              .filter(one -> one.id().equals(id))
              .map(one -> one.declaration().path("default"))
              .findFirst()
              .orElse(value);
    }
    JsonNode first = value.isArray() ? value.path(0) : value;
    if (first.has("class")) {
      return realm.files.find(first.path("path").asText("")).map(file -> file.name);
    }
    return first.isValueNode() && !first.isNull() ? Optional.of(first.asText()) : Optional.empty();
  }

  /** The names of the files that go with a file, by CWL's patterns with carets. */
  List<String> secondary(String name) {
    List<String> names = new ArrayList<>();
    JsonNode declared = port.declaration().path("secondaryFiles");
    if (declared.isArray()) {
      declared.forEach(one -> names.add(secondary(name, one)));
    } else if (declared.isTextual() || declared.isObject()) {
      names.add(secondary(name, declared));
    }
    return names;
  }

  private static String secondary(String name, JsonNode declared) {
    String pattern =
        declared.isObject() ? declared.path("pattern").asText("") : declared.asText("");
    String base = name;
    String rest = pattern.replaceFirst("\\?$", "");
    while (rest.startsWith("^")) {
      int dot = base.lastIndexOf('.');
      base = dot > 0 ? base.substring(0, dot) : base;
      rest = rest.substring(1);
    }
    return base + rest;
  }

  /** Always the same for the same app and inputs, so that equal work gives equal bytes. */
  byte[] content(String name, int index) {
    ObjectNode inputs = task.inputs.deepCopy();
    inputs.forEach(this::describeFiles);
    String text =
        String.join(
            "\n",
            "simulated output of " + task.app.id(),
            "port: " + port.id() + " " + index,
            "file: " + name,
            "inputs: " + inputs,
            "");
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void describeFiles(JsonNode value) {
    if (value instanceof ObjectNode object && object.has("class")) {
      Optional<FileNode> file = realm.files.find(object.path("path").asText(""));
      object.remove("path");
      file.ifPresent(
          found ->
              object
                  .put("name", found.name)
                  .put("size", found.size())
                  .put("etag", found.content.map(FileNode.Content::etag).orElse("")));
    } else {
      value.forEach(this::describeFiles);
    }
  }
}
