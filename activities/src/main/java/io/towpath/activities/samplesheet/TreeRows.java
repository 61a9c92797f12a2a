package io.towpath.activities.samplesheet;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.towpath.workflows.model.Problem;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a list of objects token by token; one object is in memory at a time. */
final class TreeRows {
  private static final int MOST_DIGITS = 1_000;

  private final JsonParser parser;

  TreeRows(JsonParser parser) {
    this.parser = parser;
  }

  /** The text is no list of objects; reading cannot go on behind the place. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Problem problem;

    Malformed(@Nullable JsonLocation at, String text) {
      super(text);
      this.problem =
          new Problem(
              at == null ? "the sheet" : "line " + at.getLineNr() + ", column " + at.getColumnNr(),
              text);
    }

    Problem problem() {
      return problem;
    }
  }

  void forEach(Consumer<SheetRow> each) throws IOException {
    try {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return;
      }
      expect(first == JsonToken.START_ARRAY, "a list of objects, one per row");
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        expect(parser.currentToken() == JsonToken.START_OBJECT, "an object, the next row");
        int line = parser.currentTokenLocation().getLineNr();
        each.accept(new SheetRow(line, object()));
      }
      expect(parser.nextToken() == null, "nothing behind the end of the list");
    } catch (JsonProcessingException e) {
      throw new Malformed(e.getLocation(), e.getOriginalMessage().lines().findFirst().orElse(""));
    }
  }

  private Map<String, Object> object() throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName().strip();
      parser.nextToken();
      Object value = value();
      if (value != null) {
        object.put(name, value);
      }
    }
    return object;
  }

  private @Nullable Object value() throws IOException {
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      throw new Malformed(
          parser.currentTokenLocation(), "found an alias; write out the value that it stands for");
    }
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> parser.isNaN() ? parser.getText() : (Object) modest();
      case START_OBJECT -> object();
      case START_ARRAY -> list();
      default -> parser.getText();
    };
  }

  /** Numbers are written out: 1e999999999 would fill the memory. */
  private BigDecimal modest() throws IOException {
    try {
      BigDecimal number = parser.getDecimalValue();
      if (Math.abs((long) number.scale()) <= MOST_DIGITS) {
        return number;
      }
    } catch (NumberFormatException beyondAnyScale) {
      throw tooLong();
    }
    throw tooLong();
  }

  private Malformed tooLong() {
    return new Malformed(
        parser.currentTokenLocation(),
        "found a number of more than " + MOST_DIGITS + " digits; write it as a text");
  }

  private List<Object> list() throws IOException {
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object value = value();
      if (value != null) {
        list.add(value);
      }
    }
    return list;
  }

  private void expect(boolean right, String expected) throws IOException {
    if (!right) {
      String found = parser.currentToken() == null ? "the end" : "\"" + parser.getText() + "\"";
      throw new Malformed(
          parser.currentTokenLocation(), "found " + Shortened.of(found) + "; expected " + expected);
    }
  }
}
