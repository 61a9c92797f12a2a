package io.towpath.worker.settings;

import io.towpath.activities.secrets.SecretReferences;
import io.towpath.worker.settings.Written.Entry;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The connections of platforms, several of each by name: in the environment, where the name follows
 * a variable's own ({@code SYNAPSE_AUTH_TOKEN_LAB} is of {@code lab}), in the file that {@code
 * TOWPATH_CONNECTIONS} names, and in files of the home folder that other tools leave there. What a
 * connection does not say itself is as the variable without a name says, its credential excepted.
 */
public final class Connections {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,39}";

  private final Settings settings;
  private final SecretReferences references;
  private final ConnectionFile file;

  /**
   * Reads the file, where one is named.
   *
   * @param references what credentials may be named by
   */
  public Connections(Settings settings, SecretReferences references) {
    this.settings = settings;
    this.references = references;
    this.file = ConnectionFile.read(settings);
  }

  Settings settings() {
    return settings;
  }

  /**
   * The connections of a platform by name.
   *
   * @param home what other tools left in the home folder, by name and field; environment and file
   *     win over it
   */
  <T> Map<String, T> read(
      Platform platform, Map<String, Map<String, Entry>> home, Function<Written, T> connect) {
    Map<String, Map<String, Entry>> found = inEnvironment(platform);
    file.of(platform)
        .forEach(
            (name, entries) -> {
              if (found.putIfAbsent(name, entries) != null) {
                settings.problem(
                    file.place(platform, name)
                        + " is set in the environment as well ("
                        + platform.tokenVariable()
                        + suffix(name)
                        + " or one like it): keep one of them");
              }
            });
    home.forEach(found::putIfAbsent);
    Map<String, T> connections = new TreeMap<>();
    found.forEach(
        (name, entries) -> {
          if (isWhole(platform, name, entries)) {
            connections.put(name, connect.apply(written(platform, entries)));
          }
        });
    return connections;
  }

  /** Fields by name; the default has its credential only, for the others hold for all. */
  private Map<String, Map<String, Entry>> inEnvironment(Platform platform) {
    Map<String, Map<String, Entry>> found = new TreeMap<>();
    platform
        .variables()
        .forEach(
            (field, variables) ->
                variables.forEach(
                    variable ->
                        settings
                            .named(variable)
                            .forEach(
                                (name, text) -> {
                                  if (!name.equals(Settings.DEFAULT)
                                      || Platform.isCredential(field)) {
                                    found
                                        .computeIfAbsent(name, unused -> new TreeMap<>())
                                        .putIfAbsent(
                                            field, new Entry(variable + suffix(name), text));
                                  }
                                })));
    return found;
  }

  private boolean isWhole(Platform platform, String name, Map<String, Entry> entries) {
    if (!name.matches(NAME)) {
      settings.problem("\"" + name + "\" is no name of a connection; expected such as lab-2");
      return false;
    }
    if (entries.keySet().stream().noneMatch(Platform::isCredential)) {
      settings.problem(
          entries.values().iterator().next().place()
              + " is set, but "
              + platform.tokenVariable()
              + suffix(name)
              + " is not, nor another credential of this connection");
      return false;
    }
    return true;
  }

  private Written written(Platform platform, Map<String, Entry> own) {
    Map<String, Entry> entries = new HashMap<>();
    platform
        .variables()
        .forEach(
            (field, variables) -> {
              if (!Platform.isCredential(field)) {
                variables.forEach(
                    variable ->
                        settings
                            .first(variable)
                            .ifPresent(
                                text -> entries.putIfAbsent(field, new Entry(variable, text))));
              }
            });
    entries.putAll(own);
    return new Written(platform, entries, settings, references);
  }

  private static String suffix(String name) {
    return name.equals(Settings.DEFAULT) ? "" : "_" + name.toUpperCase(Locale.ROOT);
  }
}
