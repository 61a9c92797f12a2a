package io.towpath.proof.check;

import java.util.Locale;

/** What has to hold after any run, whatever happened on its way. */
public enum Rule {
  ONE_RUN(
      "Each logical run has one platform run that counts, and nothing ran that nobody asked for."),
  DOUBLES_CANCELLED("A platform run too many is cancelled, and the report tells it."),
  STAGED_ONCE("Each file of the manifest lies at its key once, with its size and MD5."),
  COMPLETE_BEFORE_USE("Nothing is used, or visible under its final name, before it is complete."),
  INDEXED_ONCE(
      "Each output is filed once, in its folder, under its name, with its MD5; and nothing else."),
  ONE_VERSION("A file has one version for each change of its content."),
  PROVENANCE("Results name exactly the inputs and the runs that made them."),
  NOTHING_LEFT("No upload is open, no draft and no object is left that nobody asked for."),
  IDS_RESOLVE(
      "Each DRS id resolves to its object's place, size and checksum, one id for one object."),
  REPORT_TRUE("What the report counts and names is what the platforms have."),
  CALLS_IN_BUDGET(
      "Calls that change something are at most 1.2 times those of undisturbed work, and the"
          + " injected."),
  QUIET_AFTER_CANCEL("After a confirmed cancellation nothing changes and nothing runs."),
  AGAIN_CHANGES_NOTHING("The same request again changes nothing."),
  NO_SECRET("No secret shows in any call, object, report or history."),
  USER_DATA_KEPT("Nothing of the user's is deleted or changed.");

  private final String sentence;

  Rule(String sentence) {
    this.sentence = sentence;
  }

  /** Its name in records: lower case, with hyphens. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String sentence() {
    return sentence;
  }

  Outcome check(Scene scene) {
    return switch (this) {
      case ONE_RUN -> Runs.oneEach(scene);
      case DOUBLES_CANCELLED -> Runs.doublesCancelled(scene);
      case STAGED_ONCE -> Staging.once(scene);
      case COMPLETE_BEFORE_USE -> Staging.completeBeforeUse(scene);
      case INDEXED_ONCE -> Indexing.once(scene);
      case ONE_VERSION -> Indexing.oneVersionPerChange(scene);
      case PROVENANCE -> Provenance.exact(scene);
      case NOTHING_LEFT -> Leftovers.none(scene);
      case IDS_RESOLVE -> Ids.resolve(scene);
      case REPORT_TRUE -> Reports.tellTruth(scene);
      case CALLS_IN_BUDGET -> Calls.inBudget(scene);
      case QUIET_AFTER_CANCEL -> Calls.quietAfterCancel(scene);
      case AGAIN_CHANGES_NOTHING -> Calls.againChangesNothing(scene);
      case NO_SECRET -> Secrets.none(scene);
      case USER_DATA_KEPT -> Kept.all(scene);
    };
  }
}
