package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Reads a launch's fields, each of its own kind or a bad request; unknown ones are ignored. */
final class LaunchFields {
  private static final List<String> TEXTS =
      List.of(
          "commitId",
          "computeEnvId",
          "configText",
          "dateCreated",
          "entryName",
          "id",
          "launchContainer",
          "mainScript",
          "nextflowVersion",
          "optimizationId",
          "optimizationTargets",
          "outputDir",
          "paramsText",
          "pipeline",
          "postRunScript",
          "preRunScript",
          "revision",
          "runName",
          "schemaName",
          "sessionId",
          "syntaxParser",
          "towerConfig",
          "workDir");
  private static final List<String> INTEGERS =
      List.of("headJobCpus", "headJobMemoryMb", "pipelineSchemaId");
  private static final List<String> FLAGS = List.of("pullLatest", "resume", "stubRun");
  private static final List<String> LISTS =
      List.of("configProfiles", "userSecrets", "workspaceSecrets");

  private LaunchFields() {}

  static ObjectNode of(ObjectNode sent) {
    ObjectNode request = Answers.object();
    for (String field : TEXTS) {
      if (sent.hasNonNull(field)) {
        request.put(field, Query.text(sent, field));
      }
    }
    for (String field : INTEGERS) {
      if (sent.hasNonNull(field)) {
        request.put(field, integer(sent, field));
      }
    }
    for (String field : FLAGS) {
      if (sent.hasNonNull(field)) {
        request.put(field, flag(sent, field));
      }
    }
    for (String field : LISTS) {
      if (sent.hasNonNull(field)) {
        request.set(field, Answers.texts(Query.texts(sent, field)));
      }
    }
    if (sent.hasNonNull("labelIds")) {
      Query.numbers(sent, "labelIds").forEach(request.putArray("labelIds")::add);
    }
    checkParser(request);
    return request;
  }

  private static void checkParser(ObjectNode request) {
    String parser = Query.text(request, "syntaxParser");
    if (!parser.isEmpty() && !List.of("v1", "v2").contains(parser)) {
      throw Answers.badRequest("Invalid JSON: field 'syntaxParser' must be v1 or v2");
    }
  }

  private static long integer(ObjectNode sent, String field) {
    long value = Query.number(field, Query.text(sent, field));
    if (!field.equals("pipelineSchemaId") && value != (int) value) {
      throw Answers.badRequest("Invalid JSON: field '" + field + "' is out of range: " + value);
    }
    return value;
  }

  private static boolean flag(ObjectNode sent, String field) {
    JsonNode value = sent.path(field);
    if (!value.isBoolean()) {
      throw Answers.badRequest("Invalid JSON: field '" + field + "' must be true or false");
    }
    return value.booleanValue();
  }
}
