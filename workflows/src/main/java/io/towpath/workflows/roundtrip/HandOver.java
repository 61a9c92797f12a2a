package io.towpath.workflows.roundtrip;

import static io.towpath.workflows.progress.Operator.reason;
import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.samplesheet.ForeignStep;
import io.towpath.workflows.samplesheet.PrepareRules;
import io.towpath.workflows.samplesheet.SampleSheetActivities;
import io.towpath.workflows.samplesheet.SampleSheetActivities.CheckSheet;
import io.towpath.workflows.samplesheet.SampleSheetActivities.PreparedSheet;
import io.towpath.workflows.samplesheet.SheetRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Hands the sheet to the user's own activity and checks what comes back. */
final class HandOver {
  private static final List<String> FORMS = List.of("csv", "tsv", "json", "yaml");

  private final ClaimedRun<RoundTripSpec> run;
  private final PrepareRules rules;
  private final ForeignStep step;

  HandOver(ClaimedRun<RoundTripSpec> run, PrepareRules rules, ForeignStep step) {
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
    CheckSheet made = read(call(sheet));
    return run.operator()
        .repairable(
            "stage",
            () ->
                stub(
                        SampleSheetActivities.class,
                        ActivityPolicy.quick(TaskQueues.S3, "check the sheet of " + step.name()))
                    .check(made));
  }

  private Object call(PreparedSheet sheet) {
    Map<String, Object> reference = new TreeMap<>();
    reference.put("uri", sheet.uri().value());
    reference.put("sha256", sheet.sha256());
    reference.put("format", formOf(sheet.uri()));
    try {
      return Workflow.newUntypedActivityStub(
              ActivityPolicy.foreign(step.taskQueue(), "prepare the sheet"))
          .execute(step.name(), Object.class, reference);
    } catch (ActivityFailure failure) {
      if (CancellationScope.current().isCancelRequested()) {
        throw failure;
      }
      throw refused(reason(failure));
    }
  }

  private CheckSheet read(Object made) {
    if (!(made instanceof Map<?, ?> map)
        || !(map.get("uri") instanceof String uri)
        || !(map.get("sha256") instanceof String sha256)) {
      throw refused("expected {uri, sha256, format} as it was given, found another value");
    }
    S3Uri where;
    try {
      where = new S3Uri(uri);
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
    String form = map.get("format") instanceof String text ? text : formOf(where);
    if (!FORMS.contains(form)) {
      throw refused("it returned the format \"" + form + "\"; expected one of " + FORMS);
    }
    return new CheckSheet(where, sha256, form, rules);
  }

  private static String formOf(S3Uri sheet) {
    return new SheetRules("auto", List.of()).formOf(sheet.key());
  }

  private ApplicationFailure refused(String why) {
    return ApplicationFailure.newNonRetryableFailure(
        "prepare.activity: \""
            + step.name()
            + "\" on task queue \""
            + step.taskQueue()
            + "\" made no sheet: "
            + why,
        FailureKind.INPUT_REJECTED.name());
  }
}
