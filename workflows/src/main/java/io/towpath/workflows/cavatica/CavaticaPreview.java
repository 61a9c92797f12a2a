package io.towpath.workflows.cavatica;

import io.towpath.workflows.etl.Preflight;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.plan.Plan.Preview;
import io.towpath.workflows.samples.SampleActivities.SamplesSeen;
import java.util.ArrayList;
import java.util.List;

/** What a run would do, stage by stage, as far as a look can tell. */
final class CavaticaPreview {
  private final CavaticaSpec spec;
  private final CavaticaRequest request;
  private final SamplesSeen seen;

  CavaticaPreview(CavaticaSpec spec, SamplesSeen seen) {
    this.spec = spec;
    this.request = spec.request();
    this.seen = seen;
  }

  Preflight preflight(List<Problem> problems) {
    List<String> warnings = new ArrayList<>(seen.warnings());
    warnings.addAll(spec.target().warnings());
    List<String> notChecked = new ArrayList<>(seen.notChecked());
    notChecked.add(
        "the right to run tasks in " + request.project().id() + " (only a run proves it)");
    return new Preflight(
        seen.rows()
            + " rows, "
            + seen.samples()
            + " samples, "
            + seen.files()
            + " files; app "
            + spec.target().app(),
        problems,
        warnings,
        notChecked,
        stages());
  }

  private List<Preview> stages() {
    return List.of(
        new Preview(ImportStep.STAGE, imports()),
        new Preview(DraftStep.STAGE, drafts()),
        new Preview(TaskStep.STAGE, tasks()),
        new Preview(CollateStep.STAGE, outputs()),
        new Preview(
            MintStep.STAGE,
            request
                .drs()
                .map(drs -> "one id per file by " + drs.minter() + ", published: " + drs.publish())
                .orElse("no ids")));
  }

  private String imports() {
    return seen.files()
        + " files of "
        + spec.sheet().name()
        + " ("
        + spec.sheet().key()
        + ", "
        + seen.rows()
        + " rows) from volume "
        + request.imports().volume()
        + " into "
        + request.project().id()
        + (spec.target().projectExists() ? "" : ", which is made");
  }

  private String drafts() {
    return seen.samples() + " tasks of " + spec.target().app();
  }

  private String tasks() {
    if (request.tasks().draftOnly()) {
      return "nothing: drafts are left for people";
    }
    return "at most "
        + request.tasks().maxConcurrent()
        + " at a time"
        + (request.tasks().afterApproval() ? ", once gate " + DraftStep.GATE + " is approved" : "");
  }

  private String outputs() {
    return request
        .collate()
        .export()
        .map(out -> "outputs to volume " + out.volume() + ", prefix " + out.prefix())
        .orElse("outputs stay on the platform")
        .concat(", output manifest " + spec.manifestName());
  }
}
