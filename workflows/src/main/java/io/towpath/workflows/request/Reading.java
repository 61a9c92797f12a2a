package io.towpath.workflows.request;

import io.towpath.workflows.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What came of reading one request: every problem, and every field that was asked for. */
public final class Reading {
  private final List<Problem> problems;
  private final Map<String, FieldDoc> docs = new LinkedHashMap<>();

  public Reading() {
    this(List.of());
  }

  /**
   * @param known what is wrong with the request whatever it means
   */
  public Reading(List<Problem> known) {
    problems = new ArrayList<>(known);
  }

  /** Reads the whole request; with problems, the value holds placeholders and must not be used. */
  public <T> T read(Map<String, Object> json, Function<Fields, T> reader) {
    Fields fields = new Fields("", json, this);
    T value = reader.apply(fields);
    fields.refuseUnknown();
    return value;
  }

  /** The fields that a reader asks for, found by reading an empty request. */
  public static List<FieldDoc> describe(Function<Fields, ?> reader) {
    Reading reading = new Reading();
    reading.read(Map.of(), reader);
    return List.copyOf(reading.docs.values());
  }

  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  void problem(String path, String text) {
    problems.add(new Problem(path, text));
  }

  void document(FieldDoc doc) {
    docs.putIfAbsent(doc.path(), doc);
  }
}
