package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.nio.charset.StandardCharsets;

/** The free texts of a launch: their sizes, and parameters as JSON or YAML. */
final class LaunchTexts {
  static final int LONGEST_PARAMS = 100 * 1024;
  static final int LONGEST_CONFIG = 200 * 1024;
  private static final int LONGEST_SCRIPT = 1024;
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private LaunchTexts() {}

  static void check(ObjectNode request) {
    limit(request, "paramsText", LONGEST_PARAMS);
    limit(request, "configText", LONGEST_CONFIG);
    limit(request, "postRunScript", LONGEST_SCRIPT);
    params(request);
  }

  /** The parameters; JSON is YAML too. */
  static ObjectNode params(ObjectNode request) {
    String text = Query.text(request, "paramsText");
    if (text.isBlank()) {
      return Answers.object();
    }
    try {
      JsonNode params = YAML.readTree(text);
      if (params instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw Answers.badRequest("Invalid pipeline parameters: not JSON or YAML");
    }
    throw Answers.badRequest("Invalid pipeline parameters: not a JSON or YAML object");
  }

  private static void limit(ObjectNode request, String field, int most) {
    if (Query.text(request, field).getBytes(StandardCharsets.UTF_8).length > most) {
      throw Answers.badRequest(
          "Field '" + field + "' exceeds the maximum allowed size of " + most + " bytes");
    }
  }
}
