package io.towpath.starter;

import io.temporal.failure.ApplicationFailure;
import io.towpath.workflows.ledger.ClaimDecision;
import io.towpath.workflows.ledger.ClaimDecision.Difference;
import io.towpath.workflows.ledger.ClaimDecision.Verdict;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.SpecDigest;
import io.towpath.workflows.plan.Plan;
import io.towpath.workflows.plan.PlanWorkflow;
import io.towpath.workflows.scan.ManifestScanWorkflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Plans as the request's {@code dataset} says; the business key ends with its recipe. */
public final class FakePlan implements PlanWorkflow {
  @Override
  public Plan plan(String kind, Map<String, Object> request) {
    if (kind.equals(ManifestScanWorkflow.TYPE)) {
      return scan(request);
    }
    String does = String.valueOf(request.get("dataset"));
    if (does.equals("platform down")) {
      throw ApplicationFailure.newNonRetryableFailure(
          "Synapse answered 503 to GET /entity/bundle2", "PLATFORM_UNAVAILABLE");
    }
    boolean bad = does.equals("bad sheet");
    return new Plan(
        kind,
        Optional.of("round-trip/syn1.1/" + request.get("recipe")),
        Optional.of(FakeRoundTrip.digestOf(request).value()),
        request,
        new TreeMap<>(Map.of("pipeline", "asked")),
        Optional.of(decision(does)),
        bad
            ? List.of(
                new Problem("samples.csv:4, column fastq_2", "syn1033 may not be downloaded"),
                new Problem("index.parent", "syn99 is a file, not a folder or project"))
            : List.of(),
        List.of("the revision is a branch"),
        List.of("write access to s3://b/p/"),
        List.of(new Plan.Preview("stage", "6 files, 829 kB")));
  }

  /** A scan claims nothing, so the ledger has no word on it. */
  private static Plan scan(Map<String, Object> request) {
    return new Plan(
        ManifestScanWorkflow.TYPE,
        Optional.of("manifest-scan/" + request.get("folder") + "/reads"),
        Optional.of(SpecDigest.of(request).value()),
        request,
        new TreeMap<>(),
        Optional.empty(),
        List.of(),
        List.of("syn7.1 (bad.csv): line 2 is wrong"),
        List.of(),
        List.of(new Plan.Preview("start", "round-trip/syn6.1/reads, good.csv")));
  }

  private static ClaimDecision decision(String does) {
    return switch (does) {
      case "done" -> of(Verdict.DONE, Optional.of(FakeRoundTrip.report("SUCCEEDED")), "");
      case "taken" -> of(Verdict.CONFLICT, Optional.empty(), "other parameters are recorded");
      default -> of(Verdict.FREE, Optional.empty(), "");
    };
  }

  private static ClaimDecision of(
      Verdict verdict, Optional<Map<String, Object>> report, String reason) {
    List<Difference> differences =
        verdict == Verdict.CONFLICT
            ? List.of(new Difference("runs[0].params.gencode", "true", "false"))
            : List.of();
    return new ClaimDecision(
        verdict, Optional.empty(), Optional.empty(), report, reason, differences);
  }
}
