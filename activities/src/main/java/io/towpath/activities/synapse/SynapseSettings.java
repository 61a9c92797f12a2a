package io.towpath.activities.synapse;

import io.towpath.activities.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the Synapse credential under the names that users of its clients already have: {@code
 * SYNAPSE_AUTH_TOKEN}, {@code SYNAPSE_CONNECTION_URI} ({@code syn://:<token>@}) and {@code
 * authtoken} in {@code ~/.synapseConfig}, in this order.
 */
public final class SynapseSettings {
  private static final String TOKEN = "SYNAPSE_AUTH_TOKEN";
  private static final String URI_FORM = "SYNAPSE_CONNECTION_URI";
  private static final String ENDPOINT = "SYNAPSE_ENDPOINT";
  private static final String CALLS_PER_MINUTE = "TOWPATH_SYNAPSE_CALLS_PER_MINUTE";
  private static final String CALLS_AT_ONCE = "TOWPATH_SYNAPSE_CALLS_AT_ONCE";

  private final Function<String, String> env;
  private final Path config;

  /**
   * @param env environment variables
   * @param home the user's home directory
   */
  public SynapseSettings(Map<String, String> env, Path home) {
    this.env = name -> env.getOrDefault(name, "").strip();
    this.config = home.resolve(".synapseConfig");
  }

  /**
   * The connection; empty when no token is set anywhere.
   *
   * @throws IllegalArgumentException when a setting is there and cannot be right; the message names
   *     it and holds no token
   */
  public Optional<SynapseConnection> find() {
    URI endpoint = endpoint();
    SynapseConnection.Quota quota =
        new SynapseConnection.Quota(
            count(CALLS_PER_MINUTE, SynapseConnection.WHOLE.callsPerMinute()),
            count(CALLS_AT_ONCE, SynapseConnection.WHOLE.atOnce()));
    return token().map(token -> new SynapseConnection(endpoint, token, quota));
  }

  private int count(String name, int fallback) {
    String value = env.apply(name);
    if (value.isEmpty()) {
      return fallback;
    }
    if (!value.matches("[1-9]\\d{0,6}")) {
      throw new IllegalArgumentException(name + " is \"" + value + "\"; expected a number above 0");
    }
    return Integer.parseInt(value);
  }

  private URI endpoint() {
    String value = env.apply(ENDPOINT);
    if (value.isEmpty()) {
      return SynapseConnection.SYNAPSE;
    }
    try {
      return URI.create(value.replaceAll("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(ENDPOINT + " is no URL: \"" + value + "\"", e);
    }
  }

  private Optional<Secret> token() {
    String direct = env.apply(TOKEN);
    if (!direct.isEmpty()) {
      return Optional.of(Secret.named(TOKEN, direct));
    }
    String uri = env.apply(URI_FORM);
    return uri.isEmpty() ? fromConfig() : Optional.of(fromUri(uri));
  }

  private static Secret fromUri(String uri) {
    int at = uri.lastIndexOf('@');
    if (!uri.startsWith("syn://:") || at < 8) {
      throw new IllegalArgumentException(
          URI_FORM + " has not the form syn://:<token>@ (percent-encoded token)");
    }
    String encoded = uri.substring("syn://:".length(), at).replace("+", "%2B");
    try {
      return new Secret(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(URI_FORM + " is not percent-encoded rightly");
    }
  }

  private Optional<Secret> fromConfig() {
    if (!Files.isReadable(config)) {
      return Optional.empty();
    }
    try {
      return authtoken(Files.readString(config)).map(Secret::new);
    } catch (IOException e) {
      throw new IllegalArgumentException(config + " cannot be read as text", e);
    }
  }

  /** The value of {@code authtoken} in the section {@code [authentication]}. */
  private static Optional<String> authtoken(String ini) {
    String section = "";
    for (String raw : ini.lines().toList()) {
      String line = raw.strip();
      if (line.startsWith("[") && line.endsWith("]")) {
        section = line.substring(1, line.length() - 1).strip();
      }
      int cut = line.indexOf('=') >= 0 ? line.indexOf('=') : line.indexOf(':');
      if (section.equals("authentication") && cut > 0 && !line.startsWith("#")) {
        String name = line.substring(0, cut).strip().toLowerCase(Locale.ROOT);
        String value = line.substring(cut + 1).strip();
        if (name.equals("authtoken") && !value.isEmpty()) {
          return Optional.of(value);
        }
      }
    }
    return Optional.empty();
  }
}
