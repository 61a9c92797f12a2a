package io.towpath.starter.request;

import io.towpath.workflows.request.FieldDoc;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Keeps numbers in text fields as they were written: an unquoted revision {@code 3.10} would reach
 * the worker as 3.1 otherwise.
 */
public final class Literals {
  private final Set<String> texts = new TreeSet<>();

  public Literals(List<FieldDoc> fields) {
    for (FieldDoc field : fields) {
      if (field.type().equals("text")) {
        texts.add(field.path());
      } else if (field.type().equals("list of text")) {
        texts.add(field.path() + "[]");
      }
    }
  }

  /** The request with such numbers as texts. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> kept(Map<String, Object> request) {
    return (Map<String, Object>) kept("", request);
  }

  private Object kept(String path, Map<?, ?> object) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    object.forEach(
        (key, value) ->
            copy.put(
                String.valueOf(key), any(path.isEmpty() ? "" + key : path + "." + key, value)));
    return copy;
  }

  private @Nullable Object any(String path, @Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      return kept(path, object);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      for (Object item : list) {
        copy.add(any(path + "[]", item));
      }
      return copy;
    }
    if (value instanceof Number number && texts.contains(path)) {
      return number instanceof BigDecimal d ? d.toPlainString() : number.toString();
    }
    return value;
  }
}
