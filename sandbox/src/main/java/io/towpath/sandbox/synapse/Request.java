package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import java.util.Optional;

/** A call with its caller resolved, and its parts read as Synapse reads them. */
record Request(Call call, SynapseAccount caller) {

  ObjectNode body() {
    if (call.body().length == 0) {
      throw Refusals.badRequest("Required request body is missing");
    }
    return Json.parse(call.body());
  }

  String id() {
    return call.variable("id");
  }

  long number(String variable) {
    return parse(variable, call.variable(variable));
  }

  long query(String name, long otherwise) {
    long value = call.query(name).map(text -> parse(name, text)).orElse(otherwise);
    if (value < 0) {
      throw Refusals.badRequest(name + " must not be negative: " + value);
    }
    return value;
  }

  boolean flag(String name, boolean otherwise) {
    return call.query(name).map("true"::equalsIgnoreCase).orElse(otherwise);
  }

  Optional<String> text(String name) {
    return call.query(name).filter(text -> !text.isEmpty());
  }

  private static long parse(String name, String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException notANumber) {
      throw Refusals.badRequest(
          "Failed to convert value of '" + name + "' to a number: \"" + text + "\"");
    }
  }
}
