package io.towpath.workflows.roundtrip;

import io.towpath.workflows.request.Fields;
import io.towpath.workflows.request.Secrets;
import io.towpath.workflows.roundtrip.RoundTripRequest.ComputeEnv;
import io.towpath.workflows.roundtrip.RoundTripRequest.OnFailure;
import io.towpath.workflows.roundtrip.RoundTripRequest.Run;
import io.towpath.workflows.roundtrip.RoundTripRequest.Scripts;
import io.towpath.workflows.roundtrip.RoundTripRequest.StuckAfter;
import io.towpath.workflows.samplesheet.ChainRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The fields of one run. */
final class RunFields {
  private static final StuckAfter STUCK_AFTER =
      new StuckAfter(Duration.ofHours(6), Duration.ofHours(24));

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,53}[A-Za-z0-9])?");

  private RunFields() {}

  static Run read(Fields fields) {
    Map<String, ChainRules> inputs = ChainFields.readInputs(fields);
    return new Run(
        fields.value("name", RunFields::name, "run", "name of the run in this request"),
        fields.text("pipeline", "repository URL, owner/name, or launchpad name or id"),
        fields.optionalText("revision", "tag, branch or commit"),
        fields.flag("allowMovingRef", false, "accept a branch, pinned to its commit at start"),
        fields.texts("profiles", List.of(), "Nextflow profiles"),
        readComputeEnv(fields),
        readParams(fields, inputs.keySet()),
        new Scripts(
            fields.optionalText(
                "configText", "Nextflow configuration; reaches the platform unchanged"),
            fields.optionalText(
                "preRunScript", "runs before Nextflow, after the environment's own"),
            fields.optionalText("entryName", "entry workflow")),
        fields.texts("workspaceSecrets", List.of(), "names of secrets that the workspace holds"),
        fields.object("onFailure", "what happens when the run fails", RunFields::readOnFailure),
        readStuckAfter(fields),
        fields.texts(
            "needs", List.of(), "earlier runs to wait for; those whose outputs it reads go along"),
        inputs,
        fields.optionalObject(
            "index", "where this run's outputs go, instead of the request's", IndexRequest::read));
  }

  private static ComputeEnv readComputeEnv(Fields fields) {
    if (fields.raw("computeEnv") instanceof String name) {
      return new ComputeEnv(Optional.of(name), Optional.empty());
    }
    return fields.object(
        "computeEnv",
        "compute environment: its id or name as a text, or {match}; default: the workspace's"
            + " primary one",
        env -> {
          if (!env.flag("pin", true, "use the same one for a resume; only true")) {
            env.problem(
                "pin",
                "cannot be false, as work is resumed where it lies; name another environment for"
                    + " relaunches in onFailure.changeComputeEnv");
          }
          Optional<String> id = env.optionalText("id", "its id");
          return new ComputeEnv(
              id.isPresent() ? id : env.optionalText("name", "its name"),
              env.optionalText("match", "part of its name; the newest AVAILABLE one is taken"));
        });
  }

  private static Map<String, Object> readParams(Fields fields, Set<String> made) {
    Map<String, Object> params =
        new TreeMap<>(
            fields.free(
                "params", "pipeline parameters; may hold ${stage.samplesheet} and ${self.outdir}"));
    for (Map.Entry<String, Object> param : params.entrySet()) {
      if (Secrets.looksLikeOne(param.getKey(), param.getValue())) {
        fields.problem(
            "params." + param.getKey(),
            "looks like a secret; store it in the workspace and name it in workspaceSecrets");
      }
      for (String unknown : Placeholders.unknownIn(param.getValue())) {
        fields.problem(
            "params." + param.getKey(),
            "\""
                + unknown
                + "\" names nothing; known are ${stage.samplesheet}, ${self.outdir},"
                + " ${runs.NAME.outdir}, ${runs.NAME.samples}");
      }
    }
    if (!made.contains("input")) {
      params.putIfAbsent("input", Placeholders.SAMPLE_SHEET);
    }
    params.putIfAbsent("outdir", Placeholders.OWN_OUTDIR);
    return params;
  }

  private static OnFailure readOnFailure(Fields fields) {
    return new OnFailure(
        fields.flag("resume", true, "go on from what succeeded"),
        fields.number("maxRelaunch", 0, 0, 10, "relaunches without being asked"),
        fields.optionalText(
            "changeComputeEnv", "part of the name of the environment that relaunches go to"));
  }

  private static StuckAfter readStuckAfter(Fields fields) {
    if (fields.raw("stuckAfter") instanceof String) {
      return fields
          .optionalDuration("stuckAfter", "when a person should look; or {submitted, running}")
          .map(both -> new StuckAfter(both, both))
          .orElse(STUCK_AFTER);
    }
    return fields.object(
        "stuckAfter",
        "when a person should look; a single duration sets both",
        stuck ->
            new StuckAfter(
                stuck
                    .optionalDuration("submitted", "in SUBMITTED; default PT6H")
                    .orElse(STUCK_AFTER.submitted()),
                stuck
                    .optionalDuration("running", "in RUNNING without a change; default PT24H")
                    .orElse(STUCK_AFTER.running())));
  }

  /** A name that may stand in keys and in names of runs. */
  static String name(String text) {
    if (!NAME.matcher(text).matches() || text.contains("..")) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is no name: letters, digits, '.', '_' and '-', at most 55, begun and ended by a"
              + " letter or digit");
    }
    return text;
  }

  /** Refuses two runs of one name. */
  static void checkNames(Fields fields, List<Run> runs) {
    TreeSet<String> seen = new TreeSet<>();
    for (int i = 0; i < runs.size(); i++) {
      if (!seen.add(runs.get(i).name())) {
        fields.problem(
            "runs[" + i + "].name", "\"" + runs.get(i).name() + "\" names another run already");
      }
    }
  }
}
