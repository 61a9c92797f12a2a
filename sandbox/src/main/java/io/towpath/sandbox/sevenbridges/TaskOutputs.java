package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Writes what a task made as real bytes to S3, and as files into its project. */
final class TaskOutputs {
  private final Realm realm;
  private final OutputFiles files;

  TaskOutputs(Realm realm) {
    this.realm = realm;
    this.files = new OutputFiles(realm);
  }

  /** The values of all output ports, as the task shows them. */
  ObjectNode write(Task task, TaskEngine.Results results, Instant now) {
    ObjectNode outputs = Fields.object();
    for (CwlPort port : CwlPort.of(task.app.cwl(), "outputs")) {
      OutputFiles.Target target = files.target(task, port.id(), now);
      JsonNode value =
          results.values().isPresent()
              ? real(target, results.values().get().getOrDefault(port.id(), nothing()))
              : simulated(task, port, port.type(), target, 0);
      outputs.set(port.id(), value);
    }
    return outputs;
  }

  private static JsonNode nothing() {
    return JsonNodeFactory.instance.nullNode();
  }

  private JsonNode simulated(
      Task task, CwlPort port, CwlType type, OutputFiles.Target target, int index) {
    OutputNames names = new OutputNames(realm, task, port);
    if (type.optional() && names.needsUnsetInput()) {
      return nothing();
    }
    if (type.items().isPresent()) {
      ArrayNode list = Fields.array();
      for (int i = 1; i <= 2; i++) {
        list.add(simulated(task, port, type.items().get(), target, 2 * index + i));
      }
      return list;
    }
    String kind = type.kinds().isEmpty() ? "null" : type.kinds().get(0);
    return switch (kind) {
      case "File" -> simulatedFile(target, names, index);
      case "Directory" -> simulatedFolder(target, names, index);
      case "string" -> JsonNodeFactory.instance.textNode(port.id());
      case "int", "long" -> JsonNodeFactory.instance.numberNode(1);
      case "float", "double" -> JsonNodeFactory.instance.numberNode(1.5);
      case "boolean" -> JsonNodeFactory.instance.booleanNode(true);
      case "enum" -> JsonNodeFactory.instance.textNode(type.symbols().get(0));
      default -> nothing();
    };
  }

  private ObjectNode simulatedFile(OutputFiles.Target target, OutputNames names, int index) {
    String name = names.name(index);
    ObjectNode value = files.write(target, name, names.content(name, index));
    ArrayNode secondary = Fields.array();
    for (String other : names.secondary(name)) {
      secondary.add(files.write(target, other, names.content(other, index)));
    }
    if (!secondary.isEmpty()) {
      value.set("secondaryFiles", secondary);
    }
    return value;
  }

  private ObjectNode simulatedFolder(OutputFiles.Target target, OutputNames names, int index) {
    FileNode folder = files.folder(target, names.name(index).replaceFirst("\\.txt$", ""));
    for (int i = 1; i <= 2; i++) {
      String name = "part_" + i + ".txt";
      files.write(target.in(folder), name, names.content(name, index));
    }
    return FileJson.asValue(folder);
  }

  /** Takes over what a CWL runner left on the disk. */
  private JsonNode real(OutputFiles.Target target, JsonNode value) {
    if (value.isArray()) {
      ArrayNode list = Fields.array();
      value.forEach(item -> list.add(real(target, item)));
      return list;
    }
    return switch (value.path("class").asText("")) {
      case "File" -> {
        ObjectNode file =
            files.write(target, value.path("basename").asText("output"), bytes(value));
        if (!value.path("secondaryFiles").isEmpty()) {
          file.set("secondaryFiles", real(target, value.path("secondaryFiles")));
        }
        yield file;
      }
      case "Directory" -> {
        FileNode folder = files.folder(target, value.path("basename").asText("output"));
        value.path("listing").forEach(item -> real(target.in(folder), item));
        yield FileJson.asValue(folder);
      }
      default -> value;
    };
  }

  private static byte[] bytes(JsonNode file) {
    String local = file.path("path").asText();
    try {
      return local.isEmpty()
          ? file.path("contents").asText("").getBytes(StandardCharsets.UTF_8)
          : Files.readAllBytes(Path.of(local));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
