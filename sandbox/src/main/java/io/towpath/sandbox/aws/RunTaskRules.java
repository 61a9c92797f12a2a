package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.aws.Definitions.Definition;
import java.util.List;
import java.util.regex.Pattern;

/** What RunTask refuses. */
final class RunTaskRules {
  private static final Pattern STARTED_BY = Pattern.compile("[A-Za-z0-9_/-]{0,128}");
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{0,64}");
  private static final int MOST_OVERRIDES = 8192;
  private static final int MOST_TASKS = 10;

  private RunTaskRules() {}

  static void check(ObjectNode request) {
    if (!STARTED_BY.matcher(request.path("startedBy").asText("")).matches()) {
      throw EcsRefusals.parameter(
          "startedBy should have at most 128 letters, numbers, hyphens, slashes, underscores");
    }
    if (!TOKEN.matcher(request.path("clientToken").asText("")).matches()) {
      throw EcsRefusals.parameter("clientToken should have at most 64 visible ASCII characters");
    }
    if (request.path("overrides").toString().length() > MOST_OVERRIDES) {
      throw EcsRefusals.parameter("Container Overrides length must be at most 8192");
    }
    int count = request.path("count").asInt(1);
    if (count < 1 || count > MOST_TASKS) {
      throw EcsRefusals.parameter("count should be from 1 to 10");
    }
    if (request.has("launchType") && request.path("capacityProviderStrategy").size() > 0) {
      throw EcsRefusals.parameter(
          "Specifying both a launch type and capacity provider strategy is not supported.");
    }
  }

  /** What depends on the definition. */
  static void check(ObjectNode request, Definition definition) {
    List<String> names =
        definition.body().findPath("containerDefinitions").findValuesAsText("name");
    for (JsonNode over : request.at("/overrides/containerOverrides")) {
      if (!names.contains(over.path("name").asText())) {
        throw EcsRefusals.parameter(
            "Override for container named "
                + over.path("name").asText()
                + " is not a container in the TaskDefinition.");
      }
    }
    boolean awsvpc = definition.body().path("networkMode").asText().equals("awsvpc");
    JsonNode network = request.at("/networkConfiguration/awsvpcConfiguration/subnets");
    if (awsvpc && network.isEmpty()) {
      throw EcsRefusals.parameter(
          "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
    }
    if (TaskJson.launchType(request).equals("FARGATE")) {
      checkFargate(request, definition);
    }
  }

  private static void checkFargate(ObjectNode request, Definition definition) {
    if (!definition.body().path("requiresCompatibilities").toString().contains("FARGATE")) {
      throw EcsRefusals.parameter("Task definition does not support launch_type FARGATE.");
    }
    JsonNode over = request.path("overrides");
    checkSize(either(over, definition.body(), "cpu"), either(over, definition.body(), "memory"));
  }

  static void checkSize(String cpu, String memory) {
    boolean numbers = cpu.matches("\\d{1,6}") && memory.matches("\\d{1,7}");
    if (!numbers || !FargateSizes.has(Long.parseLong(cpu), Long.parseLong(memory))) {
      throw EcsRefusals.client(
          "No Fargate configuration exists for given values: "
              + cpu
              + " CPU, "
              + memory
              + " memory. See the Amazon ECS documentation for the valid values.");
    }
  }

  private static String either(JsonNode first, JsonNode second, String name) {
    return first.hasNonNull(name) ? first.path(name).asText() : second.path(name).asText("");
  }

  /** What the task needs, in MiB. */
  static long memory(ObjectNode request, Definition definition) {
    String whole = either(request.path("overrides"), definition.body(), "memory");
    if (whole.matches("\\d{1,7}")) {
      return Long.parseLong(whole);
    }
    long sum = 0;
    for (JsonNode container : definition.body().path("containerDefinitions")) {
      sum += container.path("memory").asLong(container.path("memoryReservation").asLong());
    }
    return sum;
  }
}
