package io.towpath.activities.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The credentials that this worker holds, to be recognised where they do not belong. */
public final class KnownSecrets {
  private final List<Secret> secrets;

  public KnownSecrets(List<Secret> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  /** Names of the fields whose texts, at any depth, hold one of the credentials. */
  public List<String> fieldsWithOne(Map<String, Object> fields) {
    List<String> found = new ArrayList<>();
    fields.forEach(
        (name, value) -> {
          if (holdsOne(value)) {
            found.add(name);
          }
        });
    return found;
  }

  private boolean holdsOne(@Nullable Object value) {
    if (value instanceof String text) {
      return secrets.stream().anyMatch(secret -> text.contains(secret.reveal()));
    }
    if (value instanceof Map<?, ?> map) {
      return map.values().stream().anyMatch(this::holdsOne);
    }
    return value instanceof List<?> list && list.stream().anyMatch(this::holdsOne);
  }
}
