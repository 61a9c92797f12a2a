package io.towpath.sandbox.release;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object of JSON or YAML; what is missing in it is named. */
record Fields(Map<String, @Nullable Object> map) {
  static Fields of(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> object)) {
      throw new IllegalArgumentException("expected an object, found " + value);
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    object.forEach((name, field) -> map.put(String.valueOf(name), field));
    return new Fields(map);
  }

  Optional<String> some(String name) {
    return Optional.ofNullable(map.get(name)).map(String::valueOf);
  }

  String text(String name) {
    return some(name).orElseThrow(() -> missing(name));
  }

  List<Fields> objects(String name) {
    if (!(map.get(name) instanceof List<?> list)) {
      throw missing(name);
    }
    return list.stream().map(Fields::of).toList();
  }

  private IllegalArgumentException missing(String name) {
    return new IllegalArgumentException(name + " is missing in " + map.keySet());
  }
}
