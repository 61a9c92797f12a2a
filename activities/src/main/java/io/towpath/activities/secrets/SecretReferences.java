package io.towpath.activities.secrets;

import io.towpath.activities.config.Secret;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.Recent;
import io.towpath.workflows.failure.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where credentials lie: {@code env:NAME} in the worker's environment, {@code file:/path} on its
 * disk, or in a store outside ({@code aws-sm:NAME}, {@code aws-ssm:NAME}). What a store answered
 * counts for a minute, so that a hundred containers with one secret ask once.
 */
public final class SecretReferences {
  private static final String ENV = "env:";
  private static final String FILE = "file:";
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Map<String, String> environment;
  private final Optional<SecretStore> store;
  private final Recent<String> stored = new Recent<>(FRESH);

  /**
   * @param store what is read besides the worker's own; empty where it is connected to none
   */
  public SecretReferences(Map<String, String> environment, Optional<SecretStore> store) {
    this.environment = Map.copyOf(environment);
    this.store = store;
  }

  /** Whether a text says where a credential lies, and is none itself. */
  public static boolean isOne(String text) {
    return text.matches("(env|file|aws-sm|aws-ssm):\\S.*");
  }

  /**
   * The value; a variable may hold a reference in its turn. Fails with {@code INPUT_REJECTED} where
   * there is none, and as the store does; no message holds a value.
   */
  public String value(String reference) {
    String place = place(reference);
    String value =
        place.startsWith(ENV)
            ? variable(place)
            : place.startsWith(FILE) ? text(place) : stored(place);
    if (value.isBlank()) {
      throw refused(place + " is not set on the worker, or is empty");
    }
    return value;
  }

  /** Where the value itself lies. */
  private String place(String reference) {
    String held = reference.startsWith(ENV) ? variable(reference).strip() : "";
    return isOne(held) && !held.startsWith(ENV) ? held : reference;
  }

  private String variable(String reference) {
    return environment.getOrDefault(reference.substring(ENV.length()), "");
  }

  /** The file, links followed. Fails with {@code INPUT_REJECTED} where there is none. */
  public static Path file(String reference) {
    try {
      return Path.of(reference.substring(FILE.length())).toRealPath();
    } catch (IOException | InvalidPathException e) {
      throw refused(reference + " cannot be read on the worker");
    }
  }

  /** Fails with {@code INPUT_REJECTED} unless some store reads such references. */
  public void requireStore(String reference) {
    store(reference);
  }

  /**
   * What a setting says: the credential itself, or a reference, which is read again when a platform
   * refuses the credential.
   *
   * @param setting where it is said, for messages
   * @param part takes the credential out of what is said; its messages hold no credential
   * @throws IllegalArgumentException that names the setting and shows no credential
   */
  public Secret named(String setting, String text, UnaryOperator<String> part) {
    if (!isOne(text)) {
      return new Secret(part.apply(text));
    }
    return new Secret(part.apply(named(setting, text)).strip(), () -> again(text).map(part));
  }

  /** The text itself, or what the reference that it is leads to now. */
  public String named(String setting, String text) {
    if (!isOne(text)) {
      return text;
    }
    try {
      return value(text);
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.PLATFORM_UNAVAILABLE) {
        throw e;
      }
      throw new IllegalArgumentException(setting + ": " + e.getMessage(), e);
    }
  }

  /** What lies there now; an outage of the store is told, for the platform was asked in vain. */
  private Optional<String> again(String reference) {
    stored.forget(place(reference));
    try {
      return Optional.of(value(reference).strip());
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.PLATFORM_UNAVAILABLE) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static String text(String reference) {
    try {
      return Files.readString(file(reference)).stripTrailing();
    } catch (IOException e) {
      throw refused(reference + " cannot be read on the worker");
    }
  }

  private String stored(String reference) {
    SecretStore reads = store(reference);
    return stored.get(reference, () -> reads.value(reference));
  }

  private SecretStore store(String reference) {
    return store
        .filter(one -> one.reads(reference))
        .orElseThrow(
            () ->
                refused(
                    "\""
                        + reference.replaceFirst(":.*$", ":…")
                        + "\" cannot be resolved here; expected env:NAME or file:/path of the"
                        + " worker, or, with AWS_REGION, aws-sm:NAME or aws-ssm:NAME"));
  }

  private static PlatformException refused(String why) {
    return new PlatformException(FailureKind.INPUT_REJECTED, why);
  }
}
