package io.towpath.workflows.roundtrip;

import io.towpath.workflows.etl.Control;
import io.towpath.workflows.ledger.Rerun;
import io.towpath.workflows.model.CanonicalJson;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.request.Fields;
import io.towpath.workflows.request.Secrets;
import io.towpath.workflows.samplesheet.ChainRules;
import io.towpath.workflows.samplesheet.PrepareRules;
import io.towpath.workflows.transfer.Rename;
import io.towpath.workflows.transfer.StageLayout;
import io.towpath.workflows.transfer.StageRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

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

  private static final StuckAfter STUCK_AFTER =
      new StuckAfter(Duration.ofHours(6), Duration.ofHours(24));

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,53}[A-Za-z0-9])?");

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
    List<Run> runs = fields.objects("runs", "pipeline runs, in order", run -> readRun(run));
    checkNames(fields, runs);
    String lastRun = runs.isEmpty() ? "" : runs.get(runs.size() - 1).name();
    ChainFields.check(fields, runs);
    RoundTripRequest request =
        new RoundTripRequest(
            Control.read(fields),
            readRecipe(fields, lastRun),
            fields.object("manifest", "the sample sheet in Synapse", manifest),
            fields.object("stage", "how its files come to S3", RoundTripRequest::readStage),
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
            "recipe",
            RoundTripRequest::name,
            "last part of the workflow id; default: the last run's name")
        .orElse(lastRun);
  }

  private static Manifest readManifest(Fields fields) {
    SynapseId id =
        fields.value(
            "synId",
            SynapseId::new,
            new SynapseId("syn1"),
            "Synapse id of the sheet, or of a view or dataset: syn123 or syn123.4");
    Optional<Long> version = fields.optionalNumber("version", "its version; default: the newest");
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

  private static Stage readStage(Fields fields) {
    S3Uri to =
        fields.value(
            "to", S3Uri::new, new S3Uri("s3://placeholder/"), "prefix that files are staged below");
    if (to.key().contains("//") || to.key().contains("..")) {
      fields.problem("to", "\"" + to + "\" has an empty or a dotted folder; name a plain prefix");
    }
    String layout =
        fields.choice(
            "layout",
            List.of("idFolders", "flat", "bySample"),
            "one folder per entity and version, none, or one per sample");
    onlyNow(fields, "versions", "pinAtStart", List.of(), "when entity versions are pinned");
    List<Rename> rename = readRenames(fields);
    return new Stage(
        to.asFolder(),
        layout,
        rename,
        readColumns(fields),
        fields.choice("verify", List.of("md5"), "what is compared after a copy"),
        fields.choice(
            "mode",
            List.of("serverCopy", "stream"),
            "copy inside S3 where that is possible, or always stream"),
        fields.number("maxParallel", 8, 1, StageRules.MOST_PARALLEL, "files at a time"),
        fields.flag(
            "reuseStaged",
            true,
            "keep a file that lies there with the same size, MD5 and version"));
  }

  private static List<Rename> readRenames(Fields fields) {
    return fields
        .optionalObjects(
            "rename",
            "rules for the names of staged files, applied in order",
            rule -> {
              String match = rule.text("match", "regular expression, searched for in the name");
              String replace = rule.text("replace", "", "what a match becomes; $1 is a group");
              try {
                return Optional.of(new Rename(match, replace));
              } catch (IllegalArgumentException e) {
                rule.problem("match", String.valueOf(e.getMessage()));
                return Optional.<Rename>empty();
              }
            })
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static List<String> readColumns(Fields fields) {
    if (fields.raw("columns") instanceof String word) {
      if (!word.equals("auto")) {
        fields.problem("columns", "\"" + word + "\" is neither auto nor a list of column names");
      }
      return List.of();
    }
    return fields.texts(
        "columns", List.of(), "columns that hold bare ids; auto: only syn:// cells are references");
  }

  private static Run readRun(Fields fields) {
    Map<String, ChainRules> inputs = ChainFields.readInputs(fields);
    return new Run(
        fields.value("name", RoundTripRequest::name, "run", "name of the run in this request"),
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
        fields.object(
            "onFailure", "what happens when the run fails", RoundTripRequest::readOnFailure),
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

  private static String name(String text) {
    if (!NAME.matcher(text).matches() || text.contains("..")) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is no name: letters, digits, '.', '_' and '-', at most 55, begun and ended by a"
              + " letter or digit");
    }
    return text;
  }

  private static void checkNames(Fields fields, List<Run> runs) {
    TreeSet<String> seen = new TreeSet<>();
    for (int i = 0; i < runs.size(); i++) {
      if (!seen.add(runs.get(i).name())) {
        fields.problem(
            "runs[" + i + "].name", "\"" + runs.get(i).name() + "\" names another run already");
      }
    }
  }
}
