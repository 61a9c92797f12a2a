package io.towpath.starter.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes values as JSON: instants as ISO-8601 texts, absent optionals as null. */
public final class Json {
  private static final ObjectMapper JSON =
      JacksonJsonPayloadConverter.newDefaultObjectMapper()
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);

  private Json() {}

  /** Over several lines, for people and programs. */
  public static String document(Object value) {
    return write(JSON.copy().enable(SerializationFeature.INDENT_OUTPUT), value);
  }

  /** On one line. */
  public static String line(Object value) {
    return write(JSON, value);
  }

  private static String write(ObjectMapper json, Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(new IOException("an answer that is no JSON", e));
    }
  }
}
