package io.towpath.sandbox.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** How a service writes answers and errors. */
enum Protocol {
  /** Batch: the error's name is in a header, statuses differ. */
  REST_JSON("application/json") {
    @Override
    Reply error(int status, ObjectNode body, String code) {
      return reply(status, body).with("x-amzn-ErrorType", code);
    }
  },

  /** ECS and Logs: the error's name is in the body, whatever the caller did wrong is a 400. */
  JSON_1_1("application/x-amz-json-1.1") {
    @Override
    Reply error(int status, ObjectNode body, String code) {
      return reply(status < 500 ? 400 : status, body.put("__type", code));
    }
  };

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private final String contentType;

  Protocol(String contentType) {
    this.contentType = contentType;
  }

  /**
   * An error.
   *
   * @param body what it says beside its name
   * @param code its name
   */
  abstract Reply error(int status, ObjectNode body, String code);

  Reply reply(int status, JsonNode body) {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    return Reply.bytes(status, contentType, bytes)
        .with("x-amzn-RequestId", UUID.randomUUID().toString());
  }

  Reply error(int status, String code, String message) {
    return error(status, object().put("message", message), code);
  }

  ReplyException refusal(int status, String code, String message) {
    return new ReplyException(error(status, code, message));
  }

  ReplyException bad(String code, String message) {
    return refusal(400, code, message);
  }

  /** The body, which must be an object; no body is an empty one. */
  ObjectNode body(Call call) {
    try {
      JsonNode body =
          MAPPER.readTree(
              call.body().length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : call.body());
      if (body instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException notJson) {
      throw bad("SerializationException", "the body is not JSON");
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    throw bad("SerializationException", "Start of structure or map found where not expected.");
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
