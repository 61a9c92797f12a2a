package io.towpath.workflows.roundtrip;

import static io.towpath.workflows.progress.Operator.stub;

import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.samplesheet.ChainRules;
import io.towpath.workflows.samplesheet.SampleSheetActivities;
import io.towpath.workflows.samplesheet.SampleSheetActivities.ChainSheet;
import io.towpath.workflows.samplesheet.SampleSheetActivities.PreparedSheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  /**
   * Makes the sheets that a run reads from what earlier runs left; before it is launched.
   *
   * @return the sheets by the parameter that gets them
   */
  Map<String, PreparedSheet> chained(
      RoundTripRequest.Run request, Map<String, String> placeholders) {
    Map<String, PreparedSheet> made = new TreeMap<>();
    request
        .inputs()
        .forEach(
            (param, rules) -> {
              round.stages().begin(stage, "making the sheet for " + param);
              PreparedSheet sheet =
                  round
                      .operator()
                      .repairable(stage, () -> chain(request.name(), param, rules, placeholders));
              made.put(param, sheet);
              sheets.add(sheet);
            });
    return made;
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

  private PreparedSheet chain(
      String name, String param, ChainRules rules, Map<String, String> placeholders) {
    String from = rules.from();
    int cut = from.indexOf("outdir}") + "outdir}".length();
    S3Uri base = new S3Uri(Placeholders.fill(from.substring(0, cut), placeholders)).asFolder();
    String rows = Placeholders.fill(rules.rows(), placeholders);
    return stub(
            SampleSheetActivities.class,
            ActivityPolicy.quick(TaskQueues.S3, "sheet of " + name + " for " + param))
        .chain(
            new ChainSheet(
                round.claim(),
                rules.at(from, rows),
                base,
                from.substring(cut + 1),
                round.work().resolve("chain/" + name + "/" + param + "." + rules.shape().write())));
  }
}
