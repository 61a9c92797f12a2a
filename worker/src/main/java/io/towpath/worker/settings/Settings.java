package io.towpath.worker.settings;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads settings by name and remembers everything that is missing or bad, to tell it at once. */
public final class Settings {
  /** The name of a connection that has none. */
  public static final String DEFAULT = "default";

  private final Map<String, String> environment;
  private final Set<String> problems = new LinkedHashSet<>();

  public Settings(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** The first of these names that is set. */
  public Optional<String> first(String... names) {
    for (String name : names) {
      String value = environment.get(name);
      if (value != null && !value.isBlank()) {
        return Optional.of(value.strip());
      }
    }
    return Optional.empty();
  }

  /** A value that must be there; {@code remedy} says where it comes from. */
  public String required(String remedy, String... names) {
    return first(names)
        .orElseGet(
            () -> {
              problem(String.join(" or ", names) + " is not set: " + remedy);
              return "";
            });
  }

  public URI url(String fallback, String... names) {
    return url(names[0], first(names).orElse(fallback), URI.create(fallback));
  }

  /**
   * The URL that a text is, without a slash at its end.
   *
   * @param place where it stands, for messages
   */
  public URI url(String place, String text, URI fallback) {
    try {
      URI uri = URI.create(text.replaceFirst("/+$", ""));
      if (uri.getHost() == null || uri.getScheme() == null || !uri.getScheme().startsWith("http")) {
        throw new IllegalArgumentException("no http URL");
      }
      return uri;
    } catch (IllegalArgumentException e) {
      problem(place + " is no http or https URL");
      return fallback;
    }
  }

  /** What is set must be one of these words; the first one where nothing is. */
  public String oneOf(String name, String... words) {
    String word = first(name).orElse(words[0]);
    if (!List.of(words).contains(word)) {
      problem(name + " is \"" + word + "\", none of: " + String.join(", ", words));
    }
    return word;
  }

  public Duration duration(String name, Duration fallback) {
    return first(name)
        .map(text -> parsed(name, text, Duration::parse, fallback, "a duration such as PT15S"))
        .orElse(fallback);
  }

  /**
   * Where to listen; empty when no port is named. Only this machine can ask until an address of its
   * network is named.
   */
  public Optional<InetSocketAddress> address(String hostName, String portName) {
    int port = port(portName);
    if (port == 0) {
      return Optional.empty();
    }
    String host = first(hostName).orElse("127.0.0.1");
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      problem(hostName + " is \"" + host + "\", no address of this machine; such as 0.0.0.0");
      return Optional.empty();
    }
    return Optional.of(address);
  }

  private int port(String name) {
    int port =
        first(name).map(text -> parsed(name, text, Integer::parseInt, 0, "a port")).orElse(0);
    if (port < 0 || port > 65_535) {
      problem(name + " is " + port + ", not a port");
      return 0;
    }
    return port;
  }

  public <T> T parsed(
      String name, String text, Function<String, T> parse, T fallback, String expected) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      problem(name + " is not " + expected);
      return fallback;
    }
  }

  /**
   * What the question answers; where it throws, its message is a problem.
   *
   * @param question throws {@link IllegalArgumentException} that names the setting
   */
  public <T> T asked(T fallback, Supplier<T> question) {
    try {
      return question.get();
    } catch (IllegalArgumentException e) {
      problem(String.valueOf(e.getMessage()));
      return fallback;
    }
  }

  /** Values by name: the variable's own is the default's, what follows it and a line is a name. */
  public Map<String, String> named(String variable) {
    Map<String, String> found = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (!value.isBlank() && name.equals(variable)) {
            found.put(DEFAULT, value.strip());
          } else if (!value.isBlank() && name.startsWith(variable + "_")) {
            found.put(
                name.substring(variable.length() + 1).toLowerCase(Locale.ROOT), value.strip());
          }
        });
    return found;
  }

  /** Entries of a list, separated by commas. */
  public Set<String> list(String name) {
    return first(name).stream()
        .flatMap(entries -> Arrays.stream(entries.split(",", -1)))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Everything that is set. */
  public Map<String, String> environment() {
    return environment;
  }

  public void problem(String text) {
    problems.add(text);
  }

  public List<String> problems() {
    return List.copyOf(problems);
  }
}
