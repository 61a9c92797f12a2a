package io.towpath.sandbox.drs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Bodies of requests and answers in the forms of the two interfaces. */
final class Answers {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final DateTimeFormatter SPACED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssxx", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Answers() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static void authored(ObjectNode json, String owner, Instant created, Instant modified) {
    json.put("createdBy", owner).put("modifiedBy", owner);
    json.put("dateCreated", SPACED.format(created)).put("dateModified", SPACED.format(modified));
  }

  /** A body as JSON; none is null, text that is no JSON is empty. */
  static Optional<JsonNode> parse(byte[] body) {
    try {
      JsonNode tree = body.length == 0 ? NullNode.instance : MAPPER.readTree(body);
      return Optional.of(tree.isMissingNode() ? NullNode.instance : tree);
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A refusal of the GA4GH routes. */
  static Reply drs(int status, String message) {
    return Reply.json(status, object().put("msg", message).put("status_code", status));
  }

  static ReplyException refusedDrs(int status, String message) {
    return new ReplyException(drs(status, message));
  }

  /** A refusal of the Seven Bridges API. */
  static ReplyException refused(int status, int code, String message) {
    ObjectNode body = object().put("status", status).put("code", code).put("message", message);
    body.put("more_info", "https://docs.cavatica.org/reference/api-status-codes#" + code);
    return new ReplyException(Reply.json(status, body));
  }
}
