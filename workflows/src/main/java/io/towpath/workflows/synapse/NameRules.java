package io.towpath.workflows.synapse;

/**
 * What to do about names.
 *
 * @param onIllegal {@code fail}, or {@code sanitize+record}: an injective replacement, reported
 * @param onCollision {@code fail}: a name taken by other work stops the index before it begins;
 *     {@code newVersion}: a file that other work of Towpath left there gets the next version, and
 *     the report says so
 */
public record NameRules(String onIllegal, String onCollision) {
  /** Adopts files of other work. */
  public static final String NEW_VERSION = "newVersion";

  /** Whether a file that belongs to another business key may get the next version. */
  public boolean adopts() {
    return onCollision.equals(NEW_VERSION);
  }
}
