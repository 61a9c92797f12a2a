package io.towpath.workflows.release;

import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.etl.Control;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.request.Fields;
import io.towpath.workflows.request.Secrets;
import io.towpath.workflows.tower.PipelineArguments;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a submitter asks for, as written: nothing is resolved yet. Its JSON form is that of etl-spec
 * b1; {@code towpath describe release-deploy} prints it.
 *
 * @param rollbackTo the release that is promoted again; then there are no steps and no image
 * @param exclusive resources that one run at a time may work on
 * @param secrets references by the name that the program knows them by
 * @param gates who may open which gate
 * @param promotions where the recorded release goes, in order
 */
public record ReleaseRequest(
    Control control,
    Name name,
    Optional<String> reason,
    Optional<String> rollbackTo,
    String image,
    Optional<Config> config,
    List<StepRequest> steps,
    Executor executor,
    Map<String, String> secrets,
    Map<String, String> environment,
    List<String> exclusive,
    Optional<VerifyRequest> verify,
    Map<String, List<String>> gates,
    List<Promotion> promotions) {
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern REFERENCE = Pattern.compile("(env|file|aws-sm|aws-ssm|seqera):.+");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern RESOURCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,199}");

  /** Which release of which project, and for which environment. */
  public record Name(String project, String environment, String release) {}

  /** The configuration file; its digest pins it where its address does not. */
  public record Config(String uri, Optional<String> sha256, boolean allowMovingRef) {}

  /**
   * One promotion.
   *
   * @param to name of the environment
   * @param parent folder of Synapse that gets the release's record
   * @param gate what has to be approved before; empty promotes at once
   */
  public record Promotion(String to, SynapseId parent, Optional<String> gate) {}

  /** Reads a request; used with {@link io.towpath.workflows.request.Reading}. */
  public static ReleaseRequest read(Fields fields) {
    ReleaseRequest request =
        new ReleaseRequest(
            Control.read(fields),
            readName(fields),
            fields.optionalText("reason", "why, for people; a ticket"),
            Rollback.read(fields, ReleaseRequest::partOf),
            readImage(fields),
            fields.optionalObject("config", "the configuration file", ReleaseRequest::readConfig),
            fields.optionalObjects(
                "steps", "what is run; required without rollbackTo", StepRequest::read),
            fields.object("executor", "what runs containers", ExecutorRequest::read),
            readSecrets(fields),
            readEnvironment(fields),
            readExclusive(fields),
            fields.optionalObject("verify", "what the steps have to leave", VerifyRequest::read),
            fields.objectsByName(
                "gates",
                "gates by name",
                gate -> gate.texts("approvers", List.of(), "who may open it, as they sign")),
            fields.optionalObjects(
                "promote", "where the release goes then", ReleaseRequest::readPromotion));
    request.check(fields);
    return request;
  }

  private void check(Fields fields) {
    Rollback.check(fields, rollbackTo, !promotions.isEmpty());
    StepGraph.check(fields, steps);
    if (config.isEmpty()) {
      for (int i = 0; i < steps.size(); i++) {
        if (steps.get(i).items().flatMap(StepRequest.Items::fromConfig).isPresent()) {
          fields.problem("steps[" + i + "].items.fromConfig", "the request has no config");
        }
        if (steps.get(i).command().stream().anyMatch(word -> word.contains("{config}"))) {
          fields.problem("steps[" + i + "].command", "names {config}; the request has none");
        }
      }
    }
    if (!promotions.isEmpty() && verify.isEmpty() && rollbackTo.isEmpty()) {
      fields.problem(
          "promote", "needs verify.manifest: what is promoted is the manifest as it was recorded");
    }
    checkGates(fields);
    boolean asRuns = executor.type().equals("seqera");
    for (int i = 0; i < steps.size() && asRuns; i++) {
      checkParams(fields, "steps[" + i + "].command", steps.get(i).command());
    }
    secrets.forEach((name, reference) -> checkHolder(fields, name, reference, asRuns));
  }

  private static void checkParams(Fields fields, String place, List<String> command) {
    try {
      PipelineArguments.params(command);
    } catch (IllegalArgumentException e) {
      fields.problem(place, String.valueOf(e.getMessage()));
    }
  }

  /** A pipeline gets secrets from its workspace, and nothing else does. */
  private static void checkHolder(Fields fields, String name, String reference, boolean asRuns) {
    if (asRuns && !reference.equals("seqera:" + name)) {
      fields.problem(
          "secrets." + name,
          "a pipeline knows a secret by the name that it has in the workspace; expected seqera:"
              + name);
    } else if (!asRuns && reference.startsWith("seqera:")) {
      fields.problem("secrets." + name, "only the executor seqera has secrets of a workspace");
    }
  }

  private void checkGates(Fields fields) {
    TreeSet<String> used = new TreeSet<>();
    steps.forEach(step -> step.gate().ifPresent(used::add));
    promotions.forEach(one -> one.gate().ifPresent(used::add));
    for (String gate : used) {
      if (gates.getOrDefault(gate, List.of()).isEmpty()) {
        fields.problem(
            "gates." + gate, "nobody may open it; list its approvers, as they sign with --by");
      }
    }
    for (String gate : gates.keySet()) {
      if (!used.contains(gate)) {
        fields.problem("gates." + gate, "no step and no promotion waits at it");
      }
    }
  }

  private static Name readName(Fields fields) {
    return new Name(
        part(fields, "project", "project that is released"),
        part(fields, "environment", "environment that it is released to"),
        part(fields, "release", "name of the release"));
  }

  private static String part(Fields fields, String name, String meaning) {
    return fields.value(name, ReleaseRequest::partOf, "name", meaning);
  }

  private static String partOf(String text) {
    if (!PART.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no name; expected letters, digits, . _ -, at most 80");
    }
    return text;
  }

  private static String readImage(Fields fields) {
    fields.choice("pullPolicy", List.of("resolve-digest"), "a tag is resolved once, and recorded");
    return fields.text(
        "image", "", "container image, with a tag or a digest; required without rollbackTo");
  }

  private static Config readConfig(Fields fields) {
    return new Config(
        fields.value(
            "uri",
            ReleaseRequest::configUri,
            "syn://syn1.1",
            "syn://syn123.4, s3://bucket/key or https://…"),
        fields.optionalValue("sha256", ReleaseRequest::sha256, "SHA-256 that its bytes must have"),
        fields.flag(
            "allowMovingRef", false, "take an address whose content can change, as it is now"));
  }

  private static String configUri(String text) {
    if (!text.matches("(syn|s3|https)://\\S+")) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is neither syn://syn123.4, s3://bucket/key nor https://…");
    }
    return text;
  }

  private static String sha256(String text) {
    if (!SHA256.matcher(text).matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is no SHA-256 in lower-case hex");
    }
    return text;
  }

  private static Map<String, String> readSecrets(Fields fields) {
    Map<String, String> secrets = new TreeMap<>();
    fields
        .free("secrets", "references by the name that the program knows them by")
        .forEach(
            (name, value) -> {
              String place = "secrets." + name;
              if (!VARIABLE.matcher(name).matches()) {
                fields.problem(place, "is no name of a variable");
              }
              if (value instanceof String text && REFERENCE.matcher(text).matches()) {
                secrets.put(name, text);
              } else {
                fields.problem(
                    place,
                    "is no reference; a secret has no place in a request: name where it lies, as"
                        + " env:NAME, file:PATH, aws-sm:NAME, aws-ssm:NAME or seqera:NAME (if this"
                        + " was a secret, replace it)");
              }
            });
    return secrets;
  }

  private static Map<String, String> readEnvironment(Fields fields) {
    Map<String, String> variables = new TreeMap<>();
    fields
        .free("variables", "environment variables of every container; anybody may see them")
        .forEach(
            (name, value) -> {
              if (!VARIABLE.matcher(name).matches() || !(value instanceof String text)) {
                fields.problem("variables." + name, "expected a variable's name, and a text");
              } else if (Secrets.looksLikeOne(name, text)) {
                fields.problem(
                    "variables." + name,
                    "looks like a secret, and anybody may see it here; name a reference in secrets"
                        + " (and replace it, if it was one)");
              } else {
                variables.put(name, text);
              }
            });
    return variables;
  }

  private static List<String> readExclusive(Fields fields) {
    List<String> resources =
        fields.texts("exclusive", List.of(), "resources that one run at a time may work on");
    for (int i = 0; i < resources.size(); i++) {
      if (!RESOURCE.matcher(resources.get(i)).matches()) {
        fields.problem(
            "exclusive[" + i + "]",
            "\"" + resources.get(i) + "\" is no resource; expected such as synapse:syn123");
      }
    }
    return resources.stream().sorted().distinct().toList();
  }

  private static Promotion readPromotion(Fields fields) {
    return new Promotion(
        part(fields, "to", "environment that it is promoted to"),
        fields.value(
            "parent", SynapseId::new, new SynapseId("syn1"), "folder that gets release.json"),
        fields.optionalText("gate", "what has to be approved before"));
  }
}
