package io.towpath.workflows.roundtrip;

import io.towpath.workflows.model.Glob;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.request.Fields;
import io.towpath.workflows.synapse.AnnotationRule;
import io.towpath.workflows.synapse.NameRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Where outputs are filed in Synapse, and how, as written.
 *
 * @param from prefixes; empty for the output directories of the runs
 * @param zeroByte {@code skip+report} or {@code fail}
 * @param storageLocation one of the user's own; empty where it is found, or made
 * @param folder path below the parent, with placeholders; empty for the parent itself
 */
public record IndexRequest(
    SynapseId parent,
    List<String> from,
    List<String> include,
    List<String> exclude,
    NameRules names,
    String zeroByte,
    List<AnnotationRule> annotations,
    Sources provenance,
    Optional<Long> storageLocation,
    String folder) {

  private static final Pattern FOLDER =
      Pattern.compile(
          "(?!.*(^|/)\\.{1,2}(/|$))[A-Za-z0-9,_. \\-+()']{1,256}(/[A-Za-z0-9,_."
              + " \\-+()']{1,256}){0,9}");
  private static final String AUTO = "auto";
  private static final String NONE = "none";

  /** What provenance names; {@code auto} in a list stands for what Towpath knows itself. */
  public record Sources(List<String> used, List<String> executed) {
    static final Sources STANDARD = new Sources(List.of(AUTO), List.of(AUTO));

    static boolean isAuto(String source) {
      return source.equals(AUTO);
    }
  }

  public IndexRequest {
    from = List.copyOf(from);
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    annotations = List.copyOf(annotations);
  }

  /** Reads one; every problem is noted with its path. */
  static IndexRequest read(Fields fields) {
    RoundTripRequest.onlyNow(
        fields, "versioning", "md5", List.of(), "when an existing file gets a new version");
    RoundTripRequest.onlyNow(
        fields, "deletions", "report", List.of(), "what vanished outputs mean");
    return new IndexRequest(
        fields.value(
            "parent",
            SynapseId::new,
            new SynapseId("syn1"),
            "folder or project that results go into"),
        fields.texts(
            "from", List.of(), "prefixes to index; default: the output directories of all runs"),
        globs(fields, "include", List.of("**"), "globs on the path below the output directory"),
        globs(fields, "exclude", List.of(), "globs that win over include"),
        fields.object("names", "what to do about names", IndexRequest::readNames),
        fields.choice(
            "zeroByte",
            List.of("skip+report", "fail"),
            "outputs of 0 bytes, which Synapse does not take"),
        AnnotationFields.read(fields),
        fields.object("provenance", "what the files are said to come from", Source::read),
        storageLocation(fields),
        readFolder(fields));
  }

  private static String readFolder(Fields fields) {
    String folder =
        fields.text(
            "folder",
            "",
            "path below the parent that everything goes into, made when missing; may hold"
                + " ${manifest.id}, ${recipe} and ${generation}");
    String plain = folder.replaceAll("\\$\\{(manifest\\.id|recipe|generation)}", "x");
    if (!folder.isEmpty() && !FOLDER.matcher(plain).matches()) {
      fields.problem(
          "folder",
          "\""
              + folder
              + "\" is no path of folder names: letters, digits, space and ,_.-+()' parted by /;"
              + " known are ${manifest.id}, ${recipe}, ${generation}");
    }
    return folder;
  }

  /**
   * The same for what a failed run left: a folder of its own, beside the rest.
   *
   * @param alone whether the request has no other run, so that its prefixes are this one's
   */
  IndexRequest partial(String run, boolean alone) {
    return new IndexRequest(
        parent,
        alone ? from : List.of(),
        include,
        exclude,
        names,
        zeroByte,
        annotations,
        provenance,
        storageLocation,
        (folder.isEmpty() ? "" : folder + "/")
            + "PARTIAL "
            + run
            + " ${manifest.id} g${generation}");
  }

  /** The fields that decide the effect; what is left at its default adds nothing new. */
  Map<String, Object> effect() {
    Map<String, Object> effect =
        new TreeMap<>(
            Map.of(
                "parent", parent.value(),
                "from", from,
                "include", include,
                "exclude", exclude,
                "onIllegal", names.onIllegal(),
                "onCollision", names.onCollision(),
                "zeroByte", zeroByte));
    if (!annotations.isEmpty()) {
      effect.put("annotations", annotations.stream().map(IndexRequest::effect).toList());
    }
    if (!provenance.equals(Sources.STANDARD)) {
      effect.put(
          "provenance",
          new TreeMap<>(Map.of("used", provenance.used(), "executed", provenance.executed())));
    }
    storageLocation.ifPresent(id -> effect.put("storageLocation", id));
    if (!folder.isEmpty()) {
      effect.put("folder", folder);
    }
    return effect;
  }

  /**
   * Notes what is wrong with {@code from} before a run was paid for.
   *
   * @param place where the request has the index
   * @param stagedTo the outputs' own bucket, for which alone a storage location is found or made
   * @param runs names of the request's runs
   */
  void checkFrom(Fields fields, String place, S3Uri stagedTo, List<String> runs) {
    for (int i = 0; i < from.size(); i++) {
      String at = place + ".from[" + i + "]";
      for (String unknown : Placeholders.unknownIn(from.get(i))) {
        fields.problem(at, "\"" + unknown + "\" names nothing; known is ${runs.NAME.outdir}");
      }
      for (String run : Placeholders.runsIn(from.get(i))) {
        if (!runs.contains(run)) {
          fields.problem(at, "\"" + run + "\" is no run of this request; its runs are " + runs);
        }
      }
      try {
        Optional<S3Uri> prefix = literal(from.get(i));
        if (storageLocation.isEmpty()
            && prefix.filter(uri -> !uri.bucket().equals(stagedTo.bucket())).isPresent()) {
          fields.problem(
              at,
              from.get(i)
                  + " is not in the bucket of stage.to; name the storageLocation of its bucket");
        }
      } catch (IllegalArgumentException e) {
        fields.problem(at, String.valueOf(e.getMessage()));
      }
    }
  }

  private static Map<String, Object> effect(AnnotationRule rule) {
    Map<String, Object> effect = new TreeMap<>(Map.of("match", rule.match(), "set", rule.set()));
    rule.fromTable()
        .ifPresent(
            table ->
                effect.put(
                    "fromTable",
                    new TreeMap<>(
                        Map.of(
                            "file", table.file(),
                            "key", table.key(),
                            "match", table.match(),
                            "set", table.set()))));
    return effect;
  }

  private static NameRules readNames(Fields fields) {
    return new NameRules(
        fields.choice(
            "onIllegal", List.of("sanitize+record", "fail"), "a name that Synapse refuses"),
        fields.choice(
            "onCollision",
            List.of("fail", NameRules.NEW_VERSION),
            "a name that other work has taken; newVersion: the next version of its file"));
  }

  private static List<String> globs(
      Fields fields, String name, List<String> fallback, String meaning) {
    List<String> globs = fields.texts(name, fallback, meaning);
    for (int i = 0; i < globs.size(); i++) {
      try {
        Glob.plain(globs.get(i));
      } catch (IllegalArgumentException e) {
        fields.problem(name + "[" + i + "]", String.valueOf(e.getMessage()));
      }
    }
    return globs;
  }

  private static Optional<Long> storageLocation(Fields fields) {
    String text =
        fields.text(
            "storageLocation", AUTO, "auto: found or made; or the id of one that is our own");
    if (text.equals(AUTO)) {
      return Optional.empty();
    }
    if (text.matches("[1-9]\\d{0,17}")) {
      return Optional.of(Long.parseLong(text));
    }
    fields.problem("storageLocation", "\"" + text + "\" is neither auto nor an id such as 12345");
    return Optional.empty();
  }

  /** Reads what provenance names. */
  private static final class Source {
    private static Sources read(Fields fields) {
      return new Sources(
          list(fields, "used", "the manifest and its files"),
          list(fields, "executed", "the pipelines at their commits and the runs"));
    }

    private static List<String> list(Fields fields, String name, String known) {
      Object raw = fields.raw(name);
      List<String> sources =
          raw instanceof String word
              ? List.of(word)
              : fields.texts(
                  name,
                  List.of(AUTO),
                  "auto: " + known + "; none; or a list of Synapse ids, links and auto");
      if (sources.equals(List.of(NONE))) {
        return List.of();
      }
      for (int i = 0; i < sources.size(); i++) {
        String at = raw instanceof String ? name : name + "[" + i + "]";
        check(sources.get(i), problem -> fields.problem(at, problem));
      }
      return sources;
    }

    private static void check(String source, Consumer<String> problems) {
      if (source.equals(AUTO) || source.matches("https?://[^\\s/]+.*")) {
        return;
      }
      if (!source.startsWith("syn")) {
        problems.accept(
            "\""
                + source
                + "\" is neither auto, a Synapse id such as syn12.3, nor an https link; Synapse"
                + " takes no s3:// or drs:// there");
        return;
      }
      try {
        SynapseId id = new SynapseId(source);
        if (id.version().isEmpty()) {
          problems.accept(
              id
                  + " names no version, and another one could be current in a retry; write "
                  + id
                  + ".1");
        }
      } catch (IllegalArgumentException e) {
        problems.accept(String.valueOf(e.getMessage()));
      }
    }
  }

  /** A prefix that the request names outright, where it has no placeholder. */
  static Optional<S3Uri> literal(String from) {
    return from.contains("${") ? Optional.empty() : Optional.of(new S3Uri(from));
  }
}
