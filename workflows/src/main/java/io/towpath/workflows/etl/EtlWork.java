package io.towpath.workflows.etl;

import io.temporal.workflow.Workflow;
import io.towpath.workflows.model.S3Uri;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The work of one claimed run, from the first effect to what the report says of it. */
public interface EtlWork {
  /** Stops what earlier generations may have left alive, before this one has its first effect. */
  void stopEarlier(int lastGeneration);

  /** Does it, and says how it ended; what ends it early is thrown. */
  Ending execute();

  /** What came of work that did not end well, in words. */
  String leftBehind();

  /** Leaves nothing running and nothing half-done; in a scope that a cancel does not reach. */
  void cleanUp(boolean leaveRuns);

  /** What was done, for the report; the fields that all reports have are added to it. */
  Map<String, Object> describe();

  /**
   * Files the report where people look for the results.
   *
   * @param where where it lies in S3 as well
   * @return where it lies now, in words; empty where it is filed nowhere
   */
  Optional<String> file(S3Uri where, Map<String, Object> report, Ending ending);

  /** The platforms' ids of what was run, for search. */
  List<String> externalIds();

  /** Asks the platforms now; calls while one look is under way count once. */
  void wake();

  /**
   * The same on news of one thing.
   *
   * @param externalId what the platform calls it, by its id or a name
   */
  default void wake(String externalId) {
    wake();
  }

  /**
   * Who is meant by news of one thing: everybody where nobody knows it, and in runs that are older
   * than the change of this name.
   */
  static <T> List<T> meant(List<T> all, Predicate<T> known, String change) {
    List<T> some = all.stream().filter(known).toList();
    int before = Workflow.DEFAULT_VERSION;
    return some.isEmpty() || Workflow.getVersion(change, before, 1) == before ? all : some;
  }
}
