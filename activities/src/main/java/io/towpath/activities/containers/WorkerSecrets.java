package io.towpath.activities.containers;

import io.towpath.activities.config.KnownSecrets;
import io.towpath.activities.config.Secret;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.secrets.SecretReferences;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Secrets that the worker itself resolves, directly before they are put where the program reads
 * them. A request comes from people who may not see the worker's secrets, so only those are given
 * out that {@code TOWPATH_CONTAINER_SECRETS} names: variables, folders, and what references to a
 * store begin with; {@code SYNAPSE_AUTH_TOKEN} always is one.
 */
public final class WorkerSecrets {
  private static final String ENV = "env:";
  private static final String FILE = "file:";

  private static final String ALLOWED = "TOWPATH_CONTAINER_SECRETS";
  private static final String ALWAYS = "SYNAPSE_AUTH_TOKEN";

  /** A shorter line of a secret says nothing by itself. */
  private static final int SHORTEST_LINE = 16;

  private final SecretReferences references;
  private final KnownSecrets given = new KnownSecrets(List.of());
  private final Set<String> allowed = new TreeSet<>(Set.of(ALWAYS));

  /**
   * @param allowed the entries of {@code TOWPATH_CONTAINER_SECRETS}
   */
  public WorkerSecrets(SecretReferences references, Set<String> allowed) {
    this.references = references;
    this.allowed.addAll(allowed);
  }

  /** What cannot be resolved here, by the request's fields; an outage says nothing of it. */
  public List<Problem> check(Map<String, String> secrets) {
    List<Problem> problems = new ArrayList<>();
    new TreeMap<>(secrets)
        .forEach(
            (name, reference) -> {
              try {
                resolved(name, reference);
              } catch (PlatformException e) {
                if (e.kind() == FailureKind.PLATFORM_UNAVAILABLE) {
                  throw e;
                }
                problems.add(new Problem("secrets." + name, String.valueOf(e.getMessage())));
              }
            });
    return problems;
  }

  /** The values by name; fails with {@code INPUT_REJECTED} where one cannot be resolved. */
  public Map<String, Secret> resolved(Map<String, String> secrets) {
    Map<String, Secret> values = new TreeMap<>();
    secrets.forEach((name, reference) -> values.put(name, resolved(name, reference)));
    return values;
  }

  /**
   * The values of those references that can be resolved here, and the lines of such as have
   * several, to be recognised in what a program writes.
   */
  List<Secret> known(Map<String, String> secrets) {
    List<Secret> known = new ArrayList<>();
    secrets.forEach(
        (name, reference) -> {
          try {
            Secret secret = resolved(name, reference);
            known.add(secret);
            secret
                .reveal()
                .lines()
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_LINE)
                .forEach(line -> known.add(new Secret(line)));
          } catch (PlatformException e) {
            if (e.kind().retryable()) {
              throw e;
            }
          }
        });
    return known;
  }

  private Secret resolved(String name, String reference) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw refused("a secret's name is that of a variable; expected letters, digits and _");
    }
    require(mayBeGiven(reference), reference);
    return own(reference);
  }

  /** A secret that the worker's own settings name, which no request chooses. */
  Secret own(String reference) {
    return remembered(references.value(reference));
  }

  /** A part of a secret that is a secret as well. */
  Secret remembered(String value) {
    Secret secret = new Secret(value);
    given.add(secret);
    return secret;
  }

  /** All that were resolved up to now, and those to come. */
  public KnownSecrets given() {
    return given;
  }

  private boolean mayBeGiven(String reference) {
    if (reference.startsWith(ENV)) {
      return allowed.contains(reference.substring(ENV.length()));
    }
    if (reference.startsWith(FILE)) {
      Path file = SecretReferences.file(reference);
      return allowed.stream().anyMatch(entry -> isBelow(file, entry));
    }
    references.requireStore(reference);
    return allowed.stream().anyMatch(entry -> covers(entry, reference));
  }

  private static boolean isBelow(Path file, String entry) {
    return entry.startsWith("/") && file.startsWith(Path.of(entry));
  }

  /** As a whole, or up to a slash or colon; not in the middle of a name. */
  private static boolean covers(String entry, String reference) {
    return reference.equals(entry)
        || (reference.startsWith(entry) && (entry.endsWith("/") || entry.endsWith(":")));
  }

  private static void require(boolean mayBeGiven, String reference) {
    if (!mayBeGiven) {
      throw refused(
          reference
              + " is not given to containers; whoever runs the worker may add it to "
              + ALLOWED
              + " (variables, folders, what references begin with, separated by commas)");
    }
  }

  private static PlatformException refused(String why) {
    return new PlatformException(FailureKind.INPUT_REJECTED, why);
  }
}
