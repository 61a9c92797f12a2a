package io.towpath.workflows.synapse;

import java.util.Optional;

/**
 * What to do about names.
 *
 * @param onIllegal {@code fail}, or {@code sanitize+record}: an injective replacement, reported
 * @param onCollision {@code fail}: a name taken by other work stops the index before it begins;
 *     {@code newVersion}: a file that other work of Towpath left there gets the next version, and
 *     the report says so
 * @param ofKeys how the business keys begin whose files may get it; empty for all
 */
public record NameRules(String onIllegal, String onCollision, String ofKeys) {
  /** Adopts files of other work. */
  public static final String NEW_VERSION = "newVersion";

  public NameRules {
    ofKeys = ofKeys == null ? "" : ofKeys;
  }

  public NameRules(String onIllegal, String onCollision) {
    this(onIllegal, onCollision, "");
  }

  /** How other business keys begin whose files may get the next version; empty for none. */
  public Optional<String> sharedBelow() {
    return onCollision.equals(NEW_VERSION) ? Optional.of(ofKeys) : Optional.empty();
  }
}
