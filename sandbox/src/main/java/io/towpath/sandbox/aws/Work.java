package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.sandbox.image.Output;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job or task is to run.
 *
 * @param id names its folder
 * @param entryPoint empty for the image's own
 * @param command empty for the image's own
 * @param environment {@code NAME=value}
 * @param secrets {@code [{name, valueFrom}]}
 */
record Work(
    String id,
    String image,
    List<String> entryPoint,
    List<String> command,
    List<String> environment,
    JsonNode secrets,
    Output output) {

  /** {@code NAME=value} of lists {@code [{name, value}]}; later ones win. */
  static List<String> environment(JsonNode... lists) {
    List<String> environment = new ArrayList<>();
    for (JsonNode list : lists) {
      list.forEach(
          one -> environment.add(one.path("name").asText() + "=" + one.path("value").asText()));
    }
    return environment;
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(one -> texts.add(one.asText()));
    return texts;
  }
}
