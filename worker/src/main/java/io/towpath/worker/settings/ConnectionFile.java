package io.towpath.worker.settings;

import io.towpath.activities.secrets.SecretReferences;
import io.towpath.worker.settings.Written.Entry;
import io.towpath.workflows.request.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The file of connections: YAML of platform, name and field, such as {@code seqera.lab.token}.
 * Every key is known or a problem. A text means what is written, so that {@code 010} keeps its
 * zero.
 */
final class ConnectionFile {
  private static final String SETTING = "TOWPATH_CONNECTIONS";
  private static final Map<String, Platform> PLATFORMS = new LinkedHashMap<>();

  static {
    for (Platform one :
        List.of(
            SynapseSettings.SYNAPSE,
            SeqeraSettings.SEQERA,
            SevenBridgesSettings.SEVEN_BRIDGES,
            DrsSettings.INDEXD)) {
      PLATFORMS.put(one.key(), one);
    }
  }

  private final Settings settings;
  private final String path;
  private final Map<String, Map<String, Map<String, Entry>>> found = new TreeMap<>();

  private ConnectionFile(Settings settings, String path) {
    this.settings = settings;
    this.path = path;
  }

  /** What the file holds; nothing where the environment names none. */
  static ConnectionFile read(Settings settings) {
    Optional<String> path = settings.first(SETTING);
    ConnectionFile file = new ConnectionFile(settings, path.orElse(""));
    path.ifPresent(name -> file.load());
    return file;
  }

  /** Fields by the names of connections. */
  Map<String, Map<String, Entry>> of(Platform platform) {
    return found.getOrDefault(platform.key(), Map.of());
  }

  String place(Platform platform, String name) {
    return place(platform.key() + "." + name);
  }

  private String place(String key) {
    return key + " in " + path;
  }

  private void load() {
    try {
      Path file = Path.of(path);
      LoaderOptions options = new LoaderOptions();
      options.setNestingDepthLimit(10);
      Node root = new Yaml(new SafeConstructor(options)).compose(Files.newBufferedReader(file));
      if (root != null) {
        platforms(root);
      }
      requireHidden(file);
    } catch (IOException | InvalidPathException e) {
      settings.problem(SETTING + " is " + path + ", which cannot be read");
    } catch (MarkedYAMLException e) {
      settings.problem(
          path + " is no YAML, line " + (e.getProblemMark().getLine() + 1) + ": " + e.getProblem());
    } catch (YAMLException e) {
      settings.problem(path + " is no YAML");
    }
  }

  private void platforms(Node root) {
    entries("", root)
        .forEach(
            (key, names) -> {
              Platform platform = PLATFORMS.get(key);
              if (platform == null) {
                unknown(key, key, PLATFORMS.keySet());
              } else {
                found.put(key, connections(platform, names));
              }
            });
  }

  private Map<String, Map<String, Entry>> connections(Platform platform, Node names) {
    Map<String, Map<String, Entry>> connections = new TreeMap<>();
    entries(platform.key(), names)
        .forEach(
            (name, fields) -> {
              Map<String, Entry> read = fields(platform, platform.key() + "." + name, fields);
              if (!read.isEmpty()) {
                connections.put(name, read);
              }
            });
    return connections;
  }

  private Map<String, Entry> fields(Platform platform, String place, Node fields) {
    Map<String, Entry> read = new TreeMap<>();
    entries(place, fields)
        .forEach(
            (field, value) -> {
              String full = place + "." + field;
              if (!platform.variables().containsKey(field)) {
                unknown(full, field, platform.variables().keySet());
              } else if (!(value instanceof ScalarNode text) || text.getValue().isBlank()) {
                settings.problem(place(full) + " is empty or no text");
              } else {
                read.put(field, new Entry(place(full), text.getValue().strip()));
              }
            });
    return read;
  }

  private Map<String, Node> entries(String place, Node node) {
    Map<String, Node> entries = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      settings.problem(
          (place.isEmpty() ? path : place(place)) + " is no list of \"name: value\" lines");
      return entries;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode text ? text.getValue() : "?";
      if (entries.put(key, tuple.getValueNode()) != null) {
        settings.problem(place(place.isEmpty() ? key : place + "." + key) + " is there twice");
      }
    }
    return entries;
  }

  private void unknown(String full, String key, Collection<String> known) {
    String near = Nearest.of(key, List.copyOf(known));
    settings.problem(
        place(full)
            + " is unknown; "
            + (near.isEmpty()
                ? "expected one of: " + String.join(", ", known)
                : "did you mean " + near + "?"));
  }

  /** A file that others may read is no place for a credential; a reference to one is none. */
  private void requireHidden(Path file) throws IOException {
    boolean open =
        Files.getFileStore(file).supportsFileAttributeView("posix")
            && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    if (open) {
      found.values().stream()
          .flatMap(connections -> connections.values().stream())
          .flatMap(fields -> fields.entrySet().stream())
          .filter(field -> Platform.isCredential(field.getKey()))
          .map(Map.Entry::getValue)
          .filter(entry -> !SecretReferences.isOne(entry.text()))
          .forEach(
              entry ->
                  settings.problem(
                      entry.place()
                          + " is a credential in a file that everybody may read: chmod 600, or"
                          + " name it by a reference such as file:/run/secrets/token"));
    }
  }
}
