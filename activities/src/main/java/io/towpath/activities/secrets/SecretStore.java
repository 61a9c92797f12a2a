package io.towpath.activities.secrets;

/** A store of secrets outside of the worker, whose references begin with its name and a colon. */
public interface SecretStore {
  /** Whether this store reads such a reference. */
  boolean reads(String reference);

  /**
   * The value. Fails with {@code INPUT_REJECTED} where there is none, with {@code ACCESS_DENIED}
   * where the worker may not read it.
   */
  String value(String reference);
}
