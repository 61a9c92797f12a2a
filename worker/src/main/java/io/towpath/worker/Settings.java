package io.towpath.worker;

import io.towpath.activities.config.Secret;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads settings by name and remembers everything that is missing or bad, to tell it at once. */
final class Settings {
  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  Settings(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The first of these names that is set. */
  Optional<String> first(String... names) {
    for (String name : names) {
      String value = environment.get(name);
      if (value != null && !value.isBlank()) {
        return Optional.of(value.strip());
      }
    }
    return Optional.empty();
  }

  /** A value that must be there; {@code remedy} says where it comes from. */
  String required(String remedy, String... names) {
    return first(names)
        .orElseGet(
            () -> {
              problem(String.join(" or ", names) + " is not set: " + remedy);
              return "";
            });
  }

  URI url(String fallback, String... names) {
    String text = first(names).orElse(fallback);
    try {
      URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (uri.getHost() == null || uri.getScheme() == null || !uri.getScheme().startsWith("http")) {
        throw new IllegalArgumentException("no http URL");
      }
      return uri;
    } catch (IllegalArgumentException e) {
      problem(names[0] + " is no http or https URL");
      return URI.create(fallback);
    }
  }

  /** What is set must be one of these words. */
  void oneOf(String name, String... words) {
    first(name)
        .filter(text -> !List.of(words).contains(text))
        .ifPresent(
            text -> problem(name + " is \"" + text + "\", none of: " + String.join(", ", words)));
  }

  Duration duration(String name, Duration fallback) {
    return first(name)
        .map(text -> parsed(name, text, Duration::parse, fallback, "a duration such as PT15S"))
        .orElse(fallback);
  }

  /**
   * Where to listen; empty when no port is named. Only this machine can ask until an address of its
   * network is named.
   */
  Optional<InetSocketAddress> address(String hostName, String portName) {
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

  <T> T parsed(String name, String text, Function<String, T> parse, T fallback, String expected) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      problem(name + " is not " + expected);
      return fallback;
    }
  }

  /** A credential, or where it lies. */
  Secret secret(String name, String text, Secret fallback) {
    try {
      return Secret.named(name, text);
    } catch (IllegalArgumentException e) {
      problem(String.valueOf(e.getMessage()));
      return fallback;
    }
  }

  void problem(String text) {
    problems.add(text);
  }

  List<String> problems() {
    return List.copyOf(problems);
  }
}
