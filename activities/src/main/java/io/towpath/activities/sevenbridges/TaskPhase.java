package io.towpath.activities.sevenbridges;

/**
 * How far a task is, in the order in which one of several with the same key is kept. A word that
 * this version does not know is no end.
 */
enum TaskPhase {
  COMPLETED,
  ACTIVE,
  FAILED,
  DRAFT;

  /** The phase of a status, the platform's word. */
  static TaskPhase of(String status) {
    return switch (status) {
      case "DRAFT" -> DRAFT;
      case "COMPLETED" -> COMPLETED;
      case "FAILED", "ABORTED" -> FAILED;
      default -> ACTIVE;
    };
  }

  boolean ended() {
    return this == COMPLETED || this == FAILED;
  }
}
