package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.towpath.proof.check.Expectation;
import io.towpath.sandbox.synapse.SynapseSeed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.Yaml;

/**
 * A round trip that has everything: a prepared sheet, a run, a second run on a sheet made of what
 * the first one left, annotations by pattern and from a table.
 */
final class RoundTripCell implements Cell {
  private static final int SEVERAL_PARTS = (8 << 20) + 1;
  private static final String REPORT = "towpath-report.json";

  /**
   * The second run gets one row of all that the first one left, and so leaves one file. What the
   * simulated engine tells about a sample is read as a table, whose first line names its column.
   */
  private static final String REQUEST =
      """
      recipe: NAME
      manifest: {synId: MANIFEST}
      stage: {to: "s3://<s3.bucket>/etl/NAME/"}
      prepare:
        map:
          sample: $lowercase(sample)
          strandedness: $default($, 'auto')
        select: [sample, fastq_1, fastq_2, strandedness]
        schema:
          type: array
          items:
            type: object
            required: [sample, fastq_1, strandedness]
            properties:
              sample: {type: string, pattern: "^[a-z]$"}
              strandedness: {enum: [forward, reverse, auto]}
      runs:
        - name: NAME-a
          pipeline: <seqera.pipeline>
          revision: "<seqera.revision>"
        - name: NAME-b
          pipeline: <seqera.pipeline>
          revision: "<seqera.revision>"
          inputs:
            input:
              from: ${runs.NAME-a.outdir}/{sample}/{file}.summary.txt
              map: {sample: "'all'"}
              rename: {uri: table}
              select: [sample, table]
              group: sample
              expect: {rows: "<=${runs.NAME-a.samples}"}
      index:
        parent: FOLDER
        exclude: ["summary/**"]
        annotations:
          - match: "{sample}/{file}.summary.txt"
            set: {specimenID: "{sample}", assay: rnaSeq, lanes: 2}
          - match: "{sample}/a.summary.txt"
            fromTable: {file: a/a.summary.txt, key: a, match: "{sample}", set: {found: a}}
      """;

  private final Stack stack;
  private final String name;
  private final Sheet sheet;
  private final String manifest;
  private final String folder;
  private final Map<String, Object> request;
  private final long since;

  /**
   * A sheet and its files.
   *
   * @param folder where they lie
   * @param files their bytes, by id and name with a slash between
   */
  private record Sheet(String folder, String id, Map<String, byte[]> files) {}

  private RoundTripCell(Stack stack, String name, Sheet sheet) {
    this.stack = stack;
    this.name = name;
    this.sheet = sheet;
    this.manifest = sheet.id();
    this.folder = stack.folder(name);
    this.request = written();
    this.since = stack.lastEffectSeen();
  }

  /** Those on a sheet of two small files and one that is copied in parts. */
  static Kind copiedInParts(Stack stack) {
    byte[] large = new byte[SEVERAL_PARTS];
    for (int i = 0; i < large.length; i += 7) {
      large[i] = (byte) i;
    }
    return kind(stack, "in parts", large);
  }

  /** The same with three small files, which make no call that the others do not make. */
  static Kind small(Stack stack) {
    return kind(stack, "small", new byte[] {6, 7, 8, 9});
  }

  private static Kind kind(Stack stack, String what, byte[] third) {
    SynapseSeed synapse = stack.sandbox().synapseSeed();
    String folder = synapse.folder(stack.seed("synapse.project"), "matrix reads " + what);
    String one = synapse.file(folder, "a_R1.fastq.gz", "application/gzip", new byte[] {1, 2, 3});
    String two = synapse.file(folder, "a_R2.fastq.gz", "application/gzip", new byte[] {4, 5});
    String three = synapse.file(folder, "b_R1.fastq.gz", "application/gzip", third);
    String sheet =
        "sample,fastq_1,fastq_2,strandedness,note\n"
            + ("A,syn://" + one + ",syn://" + two + ",forward,kept apart\n")
            + ("B,syn://" + three + ",,,\n");
    String manifest =
        synapse.file(folder, "matrix.csv", "text/csv", sheet.getBytes(StandardCharsets.UTF_8));
    Sheet whole =
        new Sheet(
            folder,
            manifest,
            Map.of(
                one + ".1/a_R1.fastq.gz", new byte[] {1, 2, 3},
                two + ".1/a_R2.fastq.gz", new byte[] {4, 5},
                three + ".1/b_R1.fastq.gz", third));
    return name -> new RoundTripCell(stack, name, whole);
  }

  private Map<String, Object> written() {
    String yaml = REQUEST.replace("NAME", name).replace("MANIFEST", manifest);
    for (String seed : List.of("s3.bucket", "seqera.pipeline", "seqera.revision")) {
      yaml = yaml.replace("<" + seed + ">", stack.seed(seed));
    }
    return new Yaml().load(yaml.replace("FOLDER", folder));
  }

  @Override
  public Stack stack() {
    return stack;
  }

  @Override
  public String etl() {
    return "round-trip";
  }

  @Override
  public String calls() {
    return name + "[-/\"]|\\\"" + folder + "\\\"";
  }

  @Override
  public String workflowId() {
    return "round-trip/" + manifest + ".1/" + name;
  }

  @Override
  public Map<String, Object> request() {
    return request;
  }

  /** One launch of each, and each output made once; the checker looks at what became of them. */
  @Override
  public Essence outcome(WorkflowStub run) {
    JsonNode report = stack.report(run);
    assertThat(launches()).as("platform runs").containsExactly(name + "-a", name + "-b");
    assertThat(report.path("doublesCancelled").asInt(-1)).as("doubles made").isZero();
    Essence essence = new Essence(name).add("report", report);
    filed().forEach((file, annotations) -> essence.add(file, annotations));
    return essence;
  }

  @Override
  public Expectation asked(long since, JsonNode report) {
    String own = "s3://" + stack.seed("s3.bucket") + "/etl/" + name + "/";
    Expectation asked =
        Expectation.of(calls(), since)
            .report(report)
            .run("seqera", "\"" + name + "-a-")
            .run("seqera", "\"" + name + "-b-")
            .output(folder, "a/a.summary.txt", own + name + "/\\w+/a/a.summary.txt$")
            .output(folder, "b/b.summary.txt", own + name + "/\\w+/b/b.summary.txt$")
            .output(folder, "all/all.summary.txt", own + name + "/\\w+/all/all.summary.txt$")
            .note(folder, REPORT)
            .input(manifest + ".1")
            .keeps(manifest + ".1")
            .own(own);
    sheet
        .files()
        .forEach(
            (file, bytes) -> {
              String versioned = file.substring(0, file.indexOf('/'));
              asked.staged(own + file, bytes).input(versioned).keeps(versioned);
            });
    return asked;
  }

  /** A scan that finds the sheet and asks for the same. */
  Map<String, Object> scan() {
    Map<String, Object> template = new TreeMap<>(request);
    template.remove("manifest");
    return Map.of("folder", sheet.folder(), "template", template);
  }

  private List<String> launches() {
    return stack.effects("seqera", "POST /workflow/launch", since).stream()
        .map(effect -> effect.at("/object/name").asText())
        .filter(launched -> launched.startsWith(name + "-"))
        .map(launched -> launched.replaceAll("-[a-z2-7]{13}$", ""))
        .toList();
  }

  /** Annotations by name of every file below the folder, as the journal shows that it was made. */
  private Map<String, JsonNode> filed() {
    List<JsonNode> effects = stack.effects("synapse", "", since);
    Set<String> folders = folders(effects);
    Map<String, JsonNode> files = new TreeMap<>();
    for (JsonNode effect : effects) {
      JsonNode entity = effect.at("/request/entity");
      if (effect.path("route").asText().equals("POST /entity/bundle2/create")
          && folders.contains(entity.path("parentId").asText())) {
        String file = entity.path("name").asText();
        JsonNode before = files.put(file, effect.at("/request/annotations"));
        assertThat(before).as(file + " is made once").isNull();
      }
    }
    assertThat(files).containsOnlyKeys("a.summary.txt", "b.summary.txt", "all.summary.txt", REPORT);
    return files;
  }

  private Set<String> folders(List<JsonNode> effects) {
    Set<String> folders = new TreeSet<>(Set.of(folder));
    for (JsonNode effect : effects) {
      if (effect.path("route").asText().equals("POST /entity")
          && folders.contains(effect.at("/request/parentId").asText())) {
        folders.add(effect.at("/object/id").asText());
      }
    }
    return folders;
  }
}
