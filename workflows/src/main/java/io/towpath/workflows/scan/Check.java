package io.towpath.workflows.scan;

import io.towpath.workflows.ledger.ClaimDecision.Verdict;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.plan.Plan;
import io.towpath.workflows.synapse.ManifestSearch.FoundManifest;
import java.util.List;

/**
 * What came of checking one manifest.
 *
 * @param why problems in words, for all but {@link Result#GOOD}
 */
record Check(FoundManifest manifest, Result result, List<String> why) {
  private static final int MOST_PROBLEMS = 20;

  /** What the scan does about it. */
  enum Result {
    /** Its round trip may start. */
    GOOD,
    /** It fails its checks, and will until somebody changes it. */
    REFUSED,
    /** Not the manifest is at fault but the template, and with it every manifest. */
    TEMPLATE,
    /** A platform did not answer; the next scan asks again. */
    UNCHECKED,
    /** Somebody else claimed it meanwhile. */
    SEEN
  }

  static Check of(FoundManifest manifest, Plan plan) {
    List<String> template = words(plan, true);
    if (!template.isEmpty()) {
      return new Check(manifest, Result.TEMPLATE, template);
    }
    if (!plan.problems().isEmpty()) {
      return new Check(manifest, Result.REFUSED, words(plan, false));
    }
    boolean free = plan.decision().filter(known -> known.verdict() == Verdict.FREE).isPresent();
    return new Check(manifest, free ? Result.GOOD : Result.SEEN, List.of());
  }

  static Check unanswered(FoundManifest manifest, String why) {
    return new Check(manifest, Result.UNCHECKED, List.of(why));
  }

  private static List<String> words(Plan plan, boolean template) {
    return plan.problems().stream()
        .filter(problem -> ofTemplate(problem) == template)
        .limit(MOST_PROBLEMS)
        .map(problem -> problem.place() + ": " + problem.text())
        .toList();
  }

  /** Places in a manifest are {@code manifest.…}, or line and column. */
  private static boolean ofTemplate(Problem problem) {
    String place = problem.place();
    return place.startsWith("runs[") || place.equals("stage.to") || place.equals("index.parent");
  }
}
