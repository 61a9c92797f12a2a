package io.towpath.worker.settings;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A connection in one text, as Airflow and py-orca have it: {@code tower://:<token>@host/api/?a=b},
 * percent-encoded, with and without the last slash.
 *
 * @param server where the platform answers; empty where the text names no host
 * @param parameters what follows a question mark
 */
record ConnectionUri(String token, Optional<URI> server, Map<String, String> parameters) {
  private static final String LOOPBACK = "(127\\.0\\.0\\.1|localhost)([:/].*)?";

  /**
   * Reads it.
   *
   * @param place where it stands, for messages
   * @param form how it must be, for messages; its scheme is required
   * @throws IllegalArgumentException that names the place and shows nothing of the text
   */
  static ConnectionUri of(String place, String form, String text) {
    String start = form.substring(0, form.indexOf("://") + 3) + ":";
    int at = text.lastIndexOf('@');
    if (!text.startsWith(start) || at <= start.length()) {
      throw refused(place, form);
    }
    String[] parts = text.substring(at + 1).split("\\?", 2);
    String address = parts[0].replaceFirst("/+$", "");
    try {
      return new ConnectionUri(
          decoded(text.substring(start.length(), at)),
          address.isEmpty() ? Optional.empty() : Optional.of(server(address)),
          parts.length == 1 ? Map.of() : parameters(parts[1]));
    } catch (IllegalArgumentException e) {
      throw refused(place, form);
    }
  }

  private static URI server(String address) {
    URI uri = URI.create((address.matches(LOOPBACK) ? "http://" : "https://") + address);
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("no host");
    }
    return uri;
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new TreeMap<>();
    for (String one : query.split("&", -1)) {
      int equals = one.indexOf('=');
      if (equals > 0) {
        parameters.put(one.substring(0, equals), decoded(one.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Without a cause: the message of one quotes what it could not read. */
  private static IllegalArgumentException refused(String place, String form) {
    return new IllegalArgumentException(
        place + " has not the form " + form + " (percent-encoded token)");
  }

  @Override
  public String toString() {
    return "(connection URI)";
  }
}
