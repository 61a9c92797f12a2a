package io.towpath.activities.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The credentials that this worker holds, to be recognised where they do not belong. */
public final class KnownSecrets {
  private static final int SHORTEST_MASKED = 6;

  private final List<Secret> secrets;

  public KnownSecrets(List<Secret> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  /** These and more. */
  public KnownSecrets and(Collection<Secret> more) {
    List<Secret> all = new ArrayList<>(secrets);
    all.addAll(more);
    return new KnownSecrets(all);
  }

  /** Bytes of the longest. */
  public int longest() {
    return secrets.stream()
        .mapToInt(secret -> secret.reveal().getBytes(StandardCharsets.UTF_8).length)
        .max()
        .orElse(0);
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

  /** The text without any of them; a short word that is one is not worth the text around it. */
  public String masked(String text) {
    String shown = text;
    for (Secret secret : secrets) {
      if (secret.reveal().length() >= SHORTEST_MASKED) {
        shown = shown.replace(secret.reveal(), "…");
      }
    }
    return shown;
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
