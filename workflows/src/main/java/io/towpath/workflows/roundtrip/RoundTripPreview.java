package io.towpath.workflows.roundtrip;

import io.towpath.workflows.etl.Preflight;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.plan.Plan.Preview;
import io.towpath.workflows.progress.Words;
import io.towpath.workflows.synapse.Inspection;
import io.towpath.workflows.tower.ResolvedRun;
import java.util.ArrayList;
import java.util.List;

/** What a round trip would do, stage by stage, as far as a look can tell. */
final class RoundTripPreview {
  private final RoundTripSpec spec;
  private final Inspection seen;

  RoundTripPreview(RoundTripSpec spec, Inspection seen) {
    this.spec = spec;
    this.seen = seen;
  }

  Preflight preflight(List<Problem> problems) {
    List<String> warnings = new ArrayList<>(seen.warnings());
    spec.targets().forEach(target -> warnings.addAll(target.warnings()));
    return new Preflight(
        seen.rows()
            + " rows, "
            + seen.files()
            + " files, "
            + Words.bytes(seen.bytes())
            + ", all readable",
        problems,
        warnings,
        notChecked(),
        stages());
  }

  private List<String> notChecked() {
    List<String> notChecked = new ArrayList<>();
    if (seen.unseen() > 0) {
      notChecked.add(
          seen.unseen() + " of the files (the run looks at them before it changes anything)");
    }
    notChecked.add(
        "write access to " + spec.request().stage().to() + " (only a write would prove it)");
    notChecked.add("the right to launch in " + spec.targets().get(0).workspace());
    return notChecked;
  }

  private List<Preview> stages() {
    RoundTripRequest request = spec.request();
    List<Preview> preview = new ArrayList<>();
    preview.add(
        new Preview(
            "stage",
            seen.files()
                + " files of "
                + spec.manifest().name()
                + " ("
                + spec.manifest().id()
                + ", "
                + seen.rows()
                + " rows), "
                + (seen.unseen() > 0 ? "at least " : "")
                + Words.bytes(seen.bytes())
                + ", to "
                + request.stage().to()));
    for (int i = 0; i < spec.targets().size(); i++) {
      ResolvedRun target = spec.targets().get(i);
      RunKey key = spec.runKey(spec.businessKey(), i, 1, 0);
      preview.add(
          new Preview(
              RoundTripWork.stageName(request, i),
              target.pipeline()
                  + " "
                  + target.revision()
                  + target.commitId().map(c -> " (" + c + ")").orElse("")
                  + " as "
                  + RoundTripSpec.runName(request.runs().get(i).name(), key, 0)
                  + " in "
                  + target.workspace()
                  + " on "
                  + target.computeEnvName()
                  + ", outputs to "
                  + spec.outdir(key)));
    }
    preview.add(
        new Preview(
            "index", "outputs into " + request.index().parent() + ", one version per changed MD5"));
    return preview;
  }
}
