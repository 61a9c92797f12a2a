package io.towpath.starter.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** Reads one JSON object, strictly: no field twice, nothing after its end. */
final class JsonText {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private JsonText() {}

  static Map<String, Object> read(String text) throws MalformedText {
    try {
      return JSON.readValue(text, new TypeReference<Map<String, Object>>() {});
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      long line = at == null ? 1 : Math.max(1, at.getLineNr());
      long column = at == null ? 1 : Math.max(1, at.getColumnNr());
      throw new MalformedText(line, column, words(e));
    }
  }

  private static String words(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    if (message.startsWith("Cannot deserialize value")) {
      return "a request is one JSON object, { … }";
    }
    if (message.startsWith("Trailing token")) {
      return "something follows the request; a file holds one JSON object";
    }
    return "malformed JSON: " + message;
  }
}
