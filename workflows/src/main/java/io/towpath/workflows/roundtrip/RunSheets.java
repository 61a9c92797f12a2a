package io.towpath.workflows.roundtrip;

import static io.towpath.workflows.progress.Operator.stub;

import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.samplesheet.SampleSheetActivities;
import io.towpath.workflows.samplesheet.SampleSheetActivities.PreparedSheet;
import java.util.ArrayList;
import java.util.List;

/** The sheets that a run gets, which may have lain there for days while another run went on. */
final class RunSheets {
  private final ClaimedRun<RoundTripSpec> round;
  private final String stage;
  private final List<PreparedSheet> sheets = new ArrayList<>();

  RunSheets(ClaimedRun<RoundTripSpec> round, String stage) {
    this.round = round;
    this.stage = stage;
  }

  void add(PreparedSheet sheet) {
    sheets.add(sheet);
  }

  /** Fails unless each is still the one that was made. */
  void compare() {
    for (PreparedSheet sheet : sheets) {
      round
          .operator()
          .repairable(
              stage,
              () ->
                  stub(
                          SampleSheetActivities.class,
                          ActivityPolicy.quick(TaskQueues.S3, "compare " + sheet.uri()))
                      .compare(sheet));
    }
  }
}
