package io.towpath.starter.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The options of {@code demo} and {@code dev}; whatever they do not know is refused. */
final class DemoOptions {
  private final Map<String, String> given;

  private DemoOptions(Map<String, String> given) {
    this.given = given;
  }

  /** A command line that cannot be used, with all that is wrong with it. */
  static final class Unusable extends RuntimeException {
    Unusable(String problems) {
      super(problems, null, false, false);
    }
  }

  /**
   * Reads a command line.
   *
   * @param flags options without a value
   * @param values options with one
   */
  static DemoOptions read(List<String> arguments, List<String> flags, List<String> values) {
    Map<String, String> given = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String[] option = arguments.get(i).split("=", 2);
      if (flags.contains(option[0]) && option.length == 1) {
        given.put(option[0], "");
      } else if (!values.contains(option[0])) {
        problems.add("\"" + arguments.get(i) + "\" is no option of this command");
      } else if (option.length == 2) {
        given.put(option[0], option[1]);
      } else if (i + 1 < arguments.size()) {
        given.put(option[0], arguments.get(++i));
      } else {
        problems.add(option[0] + " needs a value");
      }
    }
    if (!problems.isEmpty()) {
      throw new Unusable(String.join("; ", problems));
    }
    return new DemoOptions(given);
  }

  boolean has(String flag) {
    return given.containsKey(flag);
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(given.get(name));
  }

  /** A port number from 1 to 65535, when given. */
  Optional<Integer> port(String name) {
    Optional<String> text = value(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      int port = Integer.parseInt(text.get());
      if (port > 0 && port < 65_536) {
        return Optional.of(port);
      }
    } catch (NumberFormatException e) {
      // told below, as for a number that is no port
    }
    throw new Unusable(name + " takes a port number from 1 to 65535, not " + text.get());
  }
}
