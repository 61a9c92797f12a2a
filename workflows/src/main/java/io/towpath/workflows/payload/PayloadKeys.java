package io.towpath.workflows.payload;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that payloads are encrypted with, by id: the first encrypts, all decrypt. None leaves
 * payloads as they are.
 */
public final class PayloadKeys {
  /**
   * {@code id=reference}, newest first, parted by commas; a reference is env:NAME or file:/path,
   * and on a worker aws-sm:NAME or aws-ssm:NAME.
   */
  public static final String SETTING = "TOWPATH_PAYLOAD_KEYS";

  private static final int BYTES = 32;
  private static final String REMEDY =
      "; a key is 32 random bytes in Base64 (openssl rand -base64 32)";

  private final Map<String, SecretKey> byId;

  private PayloadKeys(Map<String, SecretKey> byId) {
    this.byId = new LinkedHashMap<>(byId);
  }

  public static PayloadKeys none() {
    return new PayloadKeys(Map.of());
  }

  /**
   * Reads the setting where there is no store of secrets.
   *
   * @param environment what {@code env:} refers to, and the setting itself
   * @param file reads what {@code file:} refers to; its exception's message says why it cannot
   * @throws IllegalArgumentException whose message lists every problem, without any key
   */
  public static PayloadKeys read(Map<String, String> environment, Function<String, String> file) {
    return read(
        environment.getOrDefault(SETTING, ""),
        reference -> {
          if (reference.startsWith("env:")) {
            return environment.getOrDefault(reference.substring(4), "");
          }
          if (reference.startsWith("file:")) {
            return file.apply(reference.substring(5));
          }
          throw new IllegalArgumentException(
              "it must be a reference, env:NAME or file:/path, not a key");
        });
  }

  /**
   * Reads the setting.
   *
   * @param value what a reference leads to; its exception's message says why it cannot be read, and
   *     that it must be one
   * @throws IllegalArgumentException whose message lists every problem, without any key
   */
  public static PayloadKeys read(String text, UnaryOperator<String> value) {
    String setting = text.strip();
    if (setting.isEmpty()) {
      return none();
    }
    Map<String, SecretKey> keys = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (String entry : setting.split(",", -1)) {
      int equals = entry.indexOf('=');
      String id = equals < 0 ? "" : entry.substring(0, equals).strip();
      if (!id.matches("[A-Za-z0-9._-]{1,60}")) {
        problems.add("\"" + id + "\" is no key id; expected id=file:/path or id=env:NAME");
      } else if (keys.containsKey(id)) {
        problems.add("key id " + id + " is named twice");
      } else {
        try {
          keys.put(id, key(entry.substring(equals + 1).strip(), value));
        } catch (IllegalArgumentException e) {
          problems.add("key " + id + ": " + e.getMessage());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(SETTING + ": " + String.join("; ", problems));
    }
    return new PayloadKeys(keys);
  }

  private static SecretKey key(String reference, UnaryOperator<String> value) {
    String text = value.apply(reference);
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(reference + " holds no Base64" + REMEDY);
    }
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(reference + " holds " + bytes.length + " bytes" + REMEDY);
    }
    return new SecretKeySpec(bytes, "AES");
  }

  /** The id of the key that encrypts; empty when nothing is encrypted. */
  public Optional<String> current() {
    return byId.keySet().stream().findFirst();
  }

  /** The keys as they are written, in Base64; for logs to mask. */
  public List<String> texts() {
    return byId.values().stream()
        .map(key -> Base64.getEncoder().encodeToString(key.getEncoded()))
        .toList();
  }

  Optional<SecretKey> key(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
