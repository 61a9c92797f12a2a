package io.towpath.starter.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Reads one JSON object, strictly: no field twice, nothing after its end. */
final class JsonText {
  /** Digits before or behind the point; doubles have fewer, and 1e999999999 would fill memory. */
  private static final int MAX_SCALE = 1_000;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(YamlText.MAX_DEPTH).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private JsonText() {}

  static Map<String, Object> read(String text) throws MalformedText {
    try {
      requireModestNumbers(text);
      return JSON.readValue(text, new TypeReference<Map<String, Object>>() {});
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      long line = at == null ? 1 : Math.max(1, at.getLineNr());
      long column = at == null ? 1 : Math.max(1, at.getColumnNr());
      throw new MalformedText(line, column, words(e));
    }
  }

  private static void requireModestNumbers(String text)
      throws MalformedText, JsonProcessingException {
    try (JsonParser parser = JSON.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT && !isModest(parser)) {
          JsonLocation at = parser.currentTokenLocation();
          throw new MalformedText(
              at.getLineNr(), at.getColumnNr(), "a number has more than 1,000 digits");
        }
      }
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isModest(JsonParser parser) throws IOException {
    try {
      return Math.abs((long) parser.getDecimalValue().scale()) <= MAX_SCALE;
    } catch (NumberFormatException beyondAnyScale) {
      return false;
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
