package io.towpath.activities.config;

import io.towpath.workflows.model.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Credentials, to be recognised where they do not belong. */
public final class KnownSecrets {
  /** What is shorter may be part of any word. */
  private static final int SHORTEST_PART = 6;

  private final List<Secret> secrets = new CopyOnWriteArrayList<>();

  public KnownSecrets(Collection<Secret> secrets) {
    secrets.forEach(this::add);
  }

  /** These and more. */
  public KnownSecrets and(Collection<Secret> more) {
    KnownSecrets all = new KnownSecrets(more);
    secrets.forEach(all::add);
    return all;
  }

  /** Bytes of the longest. */
  public int longest() {
    return texts().mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length).max().orElse(0);
  }

  /** One more; from now on it is recognised, too, and so is what takes its place. */
  public void add(Secret secret) {
    if (!secrets.contains(secret)) {
      secrets.add(secret);
    }
  }

  /** The longest first: one may be part of another, as a password is of a login. */
  private Stream<String> texts() {
    return secrets.stream()
        .map(Secret::reveal)
        .sorted(Comparator.comparing(String::length).reversed());
  }

  /** Where texts of a request, at any depth, hold one of the credentials. */
  public List<Problem> exposedIn(Map<String, Object> request) {
    List<Problem> found = new ArrayList<>();
    look("", request, found);
    return found;
  }

  /** The text without any of them; a short word that is one is not worth the text around it. */
  public String masked(String text) {
    String shown = text;
    for (String secret : texts().filter(one -> one.length() >= SHORTEST_PART).toList()) {
      shown = shown.replace(secret, "…");
    }
    return shown;
  }

  private void look(String path, @Nullable Object value, List<Problem> found) {
    if (value instanceof String text && holdsOne(text)) {
      found.add(
          new Problem(
              path,
              "holds a credential of the worker; name it instead (workspaceSecrets of a run,"
                  + " secrets of a release), and make a new one: this one is in the history now"));
    } else if (value instanceof Map<?, ?> map) {
      new TreeMap<>(map)
          .forEach((name, one) -> look(path.isEmpty() ? "" + name : path + "." + name, one, found));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        look(path + "[" + i + "]", list.get(i), found);
      }
    }
  }

  private boolean holdsOne(String text) {
    return texts()
        .anyMatch(
            secret ->
                secret.length() < SHORTEST_PART ? text.equals(secret) : text.contains(secret));
  }
}
