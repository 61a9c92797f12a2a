package io.towpath.workflows.roundtrip;

import io.towpath.workflows.etl.Control;
import io.towpath.workflows.ledger.Rerun;
import io.towpath.workflows.model.CanonicalJson;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.request.Fields;
import io.towpath.workflows.samplesheet.ChainRules;
import io.towpath.workflows.samplesheet.PrepareRules;
import io.towpath.workflows.transfer.Rename;
import io.towpath.workflows.transfer.StageLayout;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a submitter asks for, as written: nothing is resolved yet. Its JSON form is that of etl-spec
 * b2; {@code towpath describe round-trip} prints it.
 */
public record RoundTripRequest(
    Control control,
    String recipe,
    Manifest manifest,
    Stage stage,
    Optional<PrepareRules> prepare,
    List<Run> runs,
    Part part,
    IndexRequest index,
    String onRunFailure) {

  /** Indexes what a failed run left, apart from the rest. */
  static final String INDEX_PARTIAL = "indexPartial";

  /**
   * The manifest; without a version the newest one is pinned when the run starts.
   *
   * @param query chooses rows and columns of a view or dataset
   */
  public record Manifest(SynapseId synId, String format, Optional<String> query) {}

  /** Where files are staged to, and how. */
  public record Stage(
      S3Uri to,
      String layout,
      List<Rename> rename,
      List<String> columns,
      String verify,
      String mode,
      int maxParallel,
      boolean reuseStaged) {

    StageLayout where() {
      return new StageLayout(to, layout, rename);
    }
  }

  /** One pipeline run. */
  public record Run(
      String name,
      String pipeline,
      Optional<String> revision,
      boolean allowMovingRef,
      List<String> profiles,
      ComputeEnv computeEnv,
      Map<String, Object> params,
      Scripts scripts,
      List<String> workspaceSecrets,
      OnFailure onFailure,
      StuckAfter stuckAfter,
      List<String> needs,
      Map<String, ChainRules> inputs,
      Optional<IndexRequest> index) {

    /** Every run that this one waits for: those it names, and those whose outputs it reads. */
    List<String> waitsFor() {
      TreeSet<String> names = new TreeSet<>(needs);
      names.addAll(Placeholders.runsIn(CanonicalJson.write(params)));
      inputs.values().forEach(rules -> names.addAll(Placeholders.runsIn(rules.from())));
      inputs.values().forEach(rules -> names.addAll(Placeholders.runsIn(rules.rows())));
      return List.copyOf(names);
    }
  }

  /** Which runs are done; the others are adopted from an earlier generation where needed. */
  public record Part(Optional<String> startFrom, List<String> only) {
    /** Whether the run at this place of the list is done now. */
    boolean has(List<Run> runs, int i) {
      List<String> names = runs.stream().map(Run::name).toList();
      return startFrom.map(first -> i >= names.indexOf(first)).orElse(true)
          && (only.isEmpty() || only.contains(names.get(i)));
    }

    boolean isAll() {
      return startFrom.isEmpty() && only.isEmpty();
    }
  }

  /** Which compute environment; as written it is part of the digest, what it resolves to is not. */
  public record ComputeEnv(Optional<String> name, Optional<String> match) {}

  /** Texts that the platform gets. */
  public record Scripts(
      Optional<String> configText, Optional<String> preRunScript, Optional<String> entryName) {}

  /** What happens when a run fails. */
  public record OnFailure(boolean resume, int maxRelaunch, Optional<String> changeComputeEnv) {}

  /** How long a state may last before a person should look. */
  public record StuckAfter(Duration submitted, Duration running) {}

  public RoundTripRequest {
    runs = List.copyOf(runs);
  }

  /** Reads a request; used with {@link io.towpath.workflows.request.Reading}. */
  public static RoundTripRequest read(Fields fields) {
    return read(fields, RoundTripRequest::readManifest);
  }

  /**
   * Reads the request for manifests that are found later: everything but which manifest. Its
   * outcome is one that no scan may change, so {@code rerun} and {@code takeOver} are left out.
   *
   * @return the recipe, the last part of the business keys
   */
  public static String readTemplate(Fields fields) {
    RoundTripRequest request = read(fields, RoundTripRequest::readFoundManifest);
    if (request.control().rerun() != Rerun.NEVER && fields.raw("rerun") != null) {
      fields.problem("rerun", "is always never for what a scan starts; leave it out");
    }
    if (request.control().takeOver()) {
      fields.problem("takeOver", "is a person's word; leave it out");
    }
    return request.recipe();
  }

  private static RoundTripRequest read(Fields fields, Function<Fields, Manifest> manifest) {
    List<Run> runs = fields.objects("runs", "pipeline runs, in order", RunFields::read);
    RunFields.checkNames(fields, runs);
    String lastRun = runs.isEmpty() ? "" : runs.get(runs.size() - 1).name();
    ChainFields.check(fields, runs);
    RoundTripRequest request =
        new RoundTripRequest(
            Control.read(fields),
            readRecipe(fields, lastRun),
            fields.object("manifest", "the sample sheet in Synapse", manifest),
            fields.object("stage", "how its files come to S3", StageFields::read),
            PrepareRequest.read(fields),
            runs,
            ChainFields.readPart(fields, runs),
            fields.object("index", "how outputs come back to Synapse", IndexRequest::read),
            fields.choice(
                "onRunFailure",
                List.of("stop", INDEX_PARTIAL),
                "what a failed run means; indexPartial: what it left goes into a folder of its"
                    + " own"));
    S3Uri to = request.stage().to();
    List<String> names = runs.stream().map(Run::name).toList();
    request.index().checkFrom(fields, "index", to, names);
    for (int i = 0; i < runs.size(); i++) {
      String place = "runs[" + i + "].index";
      runs.get(i).index().ifPresent(own -> own.checkFrom(fields, place, to, names));
    }
    return request;
  }

  private static String readRecipe(Fields fields, String lastRun) {
    return fields
        .optionalValue(
            "recipe", RunFields::name, "last part of the workflow id; default: the last run's name")
        .orElse(lastRun);
  }

  private static Manifest readManifest(Fields fields) {
    SynapseId id =
        fields.value(
            "synId",
            SynapseId::new,
            new SynapseId("syn1"),
            "Synapse id of the sheet, or of a view or dataset: syn123 or syn123.4");
    Optional<Long> version =
        fields.optionalNumber("version", 1, "its version; default: the newest");
    if (version.isPresent()
        && id.version().isPresent()
        && id.version().getAsLong() != version.get()) {
      fields.problem("version", version.get() + " contradicts the version in synId, " + id);
    }
    Optional<String> query =
        fields.optionalText(
            "query",
            "of a view or dataset: SELECT columns FROM synId [WHERE …] [ORDER BY …]; default: all");
    return new Manifest(version.map(id::atVersion).orElse(id), readFormat(fields), query);
  }

  private static Manifest readFoundManifest(Fields fields) {
    for (String found : List.of("synId", "version")) {
      if (fields.raw(found) != null) {
        fields.problem(found, "is filled in for each manifest that is found; leave it out");
      }
    }
    return new Manifest(new SynapseId("syn1"), readFormat(fields), Optional.empty());
  }

  private static String readFormat(Fields fields) {
    return fields.choice(
        "format", List.of("auto", "csv", "tsv", "json", "yaml"), "form of the sheet");
  }

  /** A field of which this version can only do one value. */
  static String onlyNow(
      Fields fields, String name, String only, List<String> later, String meaning) {
    String word = fields.text(name, only, meaning);
    if (!word.equals(only)) {
      fields.problem(
          name,
          later.contains(word)
              ? "\"" + word + "\" is not supported by this version; use " + only
              : "\"" + word + "\" is not " + only);
    }
    return only;
  }
}
