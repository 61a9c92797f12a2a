package io.towpath.activities.sevenbridges;

import io.towpath.activities.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds Seven Bridges accounts under the names that users of its clients already have. Each profile
 * of {@code ~/.sevenbridges/credentials} is a connection of that name; {@code default} is rather
 * {@code SB_AUTH_TOKEN} with {@code SB_API_ENDPOINT}, or {@code SEVENBRIDGES_CONNECTION_URI}
 * ({@code sbg://:<token>@cavatica-api.sbgenomics.com/v2}), where these are set.
 */
public final class SevenBridgesSettings {
  private static final String TOKEN = "SB_AUTH_TOKEN";
  private static final String ENDPOINT = "SB_API_ENDPOINT";
  private static final String URI_FORM = "SEVENBRIDGES_CONNECTION_URI";
  private static final String CALLS = "TOWPATH_SB_CALLS_PER_FIVE_MINUTES";
  private static final String CALLS_AT_ONCE = "TOWPATH_SB_CALLS_AT_ONCE";
  private static final String DEFAULT = "default";

  private final Function<String, String> env;
  private final Path credentials;

  /**
   * @param env environment variables
   * @param home the user's home directory
   */
  public SevenBridgesSettings(Map<String, String> env, Path home) {
    this.env = name -> env.getOrDefault(name, "").strip();
    this.credentials = home.resolve(".sevenbridges").resolve("credentials");
  }

  /**
   * The connections by name; none when no token is set anywhere.
   *
   * @throws IllegalArgumentException when a setting is there and cannot be right; the message names
   *     it and holds no token
   */
  public Map<String, SevenBridgesConnection> find() {
    SevenBridgesConnection.Quota quota =
        new SevenBridgesConnection.Quota(
            count(CALLS, SevenBridgesConnection.SHARE.callsPerFiveMinutes()),
            count(CALLS_AT_ONCE, SevenBridgesConnection.SHARE.atOnce()));
    Map<String, SevenBridgesConnection> found = new TreeMap<>();
    if (!env.apply(TOKEN).isEmpty()) {
      found.put(
          DEFAULT,
          new SevenBridgesConnection(
              endpoint(ENDPOINT, env.apply(ENDPOINT)),
              Secret.named(TOKEN, env.apply(TOKEN)),
              quota));
    } else if (!env.apply(URI_FORM).isEmpty()) {
      found.put(DEFAULT, fromUri(env.apply(URI_FORM), quota));
    }
    profiles().forEach((name, profile) -> profile(name, profile, quota, found));
    return found;
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

  private static URI endpoint(String name, String value) {
    if (value.isEmpty()) {
      return SevenBridgesConnection.CAVATICA;
    }
    try {
      return URI.create(value.replaceAll("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " is no URL: \"" + value + "\"", e);
    }
  }

  /** What follows the path, such as {@code ?project=}, is for other tools. */
  private static SevenBridgesConnection fromUri(String uri, SevenBridgesConnection.Quota quota) {
    int at = uri.lastIndexOf('@');
    if (!uri.startsWith("sbg://:") || at < 8) {
      throw new IllegalArgumentException(
          URI_FORM
              + " has not the form sbg://:<token>@cavatica-api.sbgenomics.com/v2"
              + " (percent-encoded token)");
    }
    String encoded = uri.substring("sbg://:".length(), at).replace("+", "%2B");
    String place = uri.substring(at + 1).replaceFirst("/*(\\?.*)?$", "");
    try {
      String token = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
      return new SevenBridgesConnection(
          endpoint(URI_FORM, "https://" + place), new Secret(token), quota);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(URI_FORM + " is not percent-encoded rightly");
    }
  }

  private void profile(
      String name,
      Map<String, String> profile,
      SevenBridgesConnection.Quota quota,
      Map<String, SevenBridgesConnection> found) {
    String token = profile.getOrDefault("auth_token", "");
    if (!token.isEmpty() && !found.containsKey(name)) {
      String endpoint = profile.getOrDefault("api_endpoint", "");
      String where = "api_endpoint of [" + name + "] in " + credentials;
      found.put(
          name, new SevenBridgesConnection(endpoint(where, endpoint), new Secret(token), quota));
    }
  }

  private Map<String, Map<String, String>> profiles() {
    Map<String, Map<String, String>> profiles = new LinkedHashMap<>();
    if (!Files.isReadable(credentials)) {
      return profiles;
    }
    Map<String, String> profile = new LinkedHashMap<>();
    for (String raw : text().lines().toList()) {
      String line = raw.strip();
      if (line.startsWith("[") && line.endsWith("]")) {
        String name = line.substring(1, line.length() - 1).strip();
        profile = profiles.computeIfAbsent(name, unused -> new LinkedHashMap<>());
      }
      int cut = line.indexOf('=') >= 0 ? line.indexOf('=') : line.indexOf(':');
      if (cut > 0 && !line.startsWith("#") && !line.startsWith(";")) {
        String key = line.substring(0, cut).strip().toLowerCase(Locale.ROOT);
        profile.put(key, line.substring(cut + 1).strip());
      }
    }
    return profiles;
  }

  private String text() {
    try {
      return Files.readString(credentials);
    } catch (IOException e) {
      throw new IllegalArgumentException(credentials + " cannot be read as text", e);
    }
  }
}
