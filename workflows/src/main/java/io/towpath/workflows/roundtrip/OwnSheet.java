package io.towpath.workflows.roundtrip;

import static io.towpath.workflows.progress.Operator.stub;

import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.etl.HandOver;
import io.towpath.workflows.etl.HandOver.Document;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.samplesheet.ForeignStep;
import io.towpath.workflows.samplesheet.PrepareRules;
import io.towpath.workflows.samplesheet.SampleSheetActivities;
import io.towpath.workflows.samplesheet.SampleSheetActivities.CheckSheet;
import io.towpath.workflows.samplesheet.SampleSheetActivities.PreparedSheet;
import io.towpath.workflows.samplesheet.SheetRules;
import java.util.List;
import java.util.Optional;

/** Lets the user's own activity make the sheet, and checks what comes back. */
final class OwnSheet {
  private static final List<String> FORMS = List.of("csv", "tsv", "json", "yaml");

  private final ClaimedRun<RoundTripSpec> run;
  private final PrepareRules rules;
  private final ForeignStep step;

  OwnSheet(ClaimedRun<RoundTripSpec> run, PrepareRules rules, ForeignStep step) {
    this.run = run;
    this.rules = rules;
    this.step = step;
  }

  PreparedSheet of(PreparedSheet sheet) {
    run.stages()
        .say(
            "stage",
            "waiting for activity " + step.name() + " on " + step.taskQueue(),
            Optional.empty());
    HandOver handOver = new HandOver("prepare.activity", step, "prepare the sheet");
    Document made =
        handOver.of(new Document(sheet.uri(), sheet.sha256(), Optional.of(formOf(sheet.uri()))));
    String form = made.format().orElseGet(() -> formOf(made.uri()));
    if (!FORMS.contains(form)) {
      throw handOver.refused("it returned the format \"" + form + "\"; expected one of " + FORMS);
    }
    return run.operator()
        .repairable(
            "stage",
            () ->
                stub(
                        SampleSheetActivities.class,
                        ActivityPolicy.quick(TaskQueues.S3, "check the sheet of " + step.name()))
                    .check(new CheckSheet(made.uri(), made.sha256(), form, rules)));
  }

  private static String formOf(S3Uri sheet) {
    return new SheetRules("auto", List.of()).formOf(sheet.key());
  }
}
