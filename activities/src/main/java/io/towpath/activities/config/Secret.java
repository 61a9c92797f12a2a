package io.towpath.activities.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * A credential that does not show itself in logs, messages, debuggers or exceptions. One that lies
 * in a file may be replaced there while the worker runs.
 */
public final class Secret {
  private static final String FILE = "file:";

  private final Optional<Path> file;
  private volatile String value;

  public Secret(String value) {
    this(value, Optional.empty());
  }

  private Secret(String value, Optional<Path> file) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("an empty secret");
    }
    this.value = value;
    this.file = file;
  }

  /**
   * What a setting says: the credential itself, or {@code file:/path} of a file that holds it.
   *
   * @throws IllegalArgumentException that names the setting and shows no credential
   */
  public static Secret named(String setting, String text) {
    if (text.matches("(env|aws-sm|aws-ssm):.*")) {
      throw new IllegalArgumentException(
          setting + " begins with " + text.replaceFirst(":.*", ":") + "; here only file: is read");
    }
    if (!text.startsWith(FILE)) {
      return new Secret(text);
    }
    try {
      Path file = Path.of(text.substring(FILE.length()));
      return new Secret(Files.readString(file).strip(), Optional.of(file));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          setting + " is " + text + ", which cannot be read or is empty", e);
    }
  }

  /** The credential itself; only for the header or the call that carries it. */
  public String reveal() {
    return value;
  }

  /**
   * Whether another credential has taken the place of one that was refused. It is read again where
   * it came from, unless that was done since.
   */
  public synchronized boolean replaced(String refused) {
    if (file.isPresent() && value.equals(refused)) {
      try {
        String now = Files.readString(file.get()).strip();
        value = now.isEmpty() ? value : now;
      } catch (IOException e) {
        return false;
      }
    }
    return !value.equals(refused);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
