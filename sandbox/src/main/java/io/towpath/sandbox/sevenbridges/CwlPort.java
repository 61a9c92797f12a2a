package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An input or output of an app.
 *
 * @param id without {@code #} and without what stands before the last slash
 * @param declaration all that the app says of it
 */
record CwlPort(String id, CwlType type, JsonNode declaration) {

  /** The ports under {@code inputs} or {@code outputs}, of both notations. */
  static List<CwlPort> of(ObjectNode cwl, String field) {
    List<CwlPort> ports = new ArrayList<>();
    JsonNode declared = cwl.path(field);
    if (declared.isArray()) {
      declared.forEach(port -> ports.add(port(port.path("id").asText(), port)));
    } else {
      declared.properties().forEach(port -> ports.add(port(port.getKey(), port.getValue())));
    }
    return ports;
  }

  private static CwlPort port(String id, JsonNode declaration) {
    JsonNode type = declaration.isObject() ? declaration.path("type") : declaration;
    String name = id.replaceFirst("^#", "");
    return new CwlPort(name.substring(name.lastIndexOf('/') + 1), CwlType.read(type), declaration);
  }

  boolean required() {
    return !type.optional() && !declaration.has("default");
  }
}
