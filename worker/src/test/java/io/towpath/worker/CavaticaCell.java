package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.client.WorkflowStub;
import io.towpath.proof.check.Expectation;
import io.towpath.sandbox.sevenbridges.SevenBridgesSeed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * A sheet of two samples that has everything: a project that is made, a public app that is copied
 * with the file that it suggests, an input that needs the task's id, outputs that are exported and
 * get ids.
 */
final class CavaticaCell implements Cell {
  private static final String READS = "sequencing/";

  private static final String REQUEST =
      """
      sheet: {uri: "syn://SHEET"}
      project: PROJECT
      createProject: true
      billingGroup: <sevenbridges.billingGroup>
      import:
        volume: <sevenbridges.volumeReadOnly>
        path: "'NAME reads/' & filepath"
        metadata: {sample_id: sample_id}
      app: {id: APP}
      tasks:
        inputs:
          input_pe_reads: files.file
          sample_name: sample_id
          output_basename: taskId
      collate:
        to: synapse:FOLDER
        include: [summary]
        export: {volume: <sevenbridges.volumeReadWrite>, prefix: NAME/}
      drs: DRS
      """;

  private static final String INDEXD = "{minter: indexd, selfUriBase: \"drs://dg.4503:\"}";
  private static final String SYNAPSE = "{minter: synapse, parent: FOLDER}";

  private final Stack stack;
  private final String name;
  private final String ids;
  private final String project;
  private final String folder;
  private final String sheet;
  private final Map<String, Object> request;
  private final long since;

  private CavaticaCell(Stack stack, String name, String ids) {
    this.stack = stack;
    this.name = name;
    this.ids = ids;
    this.project = stack.sandbox().sevenBridgesSeed().user() + "/" + name;
    this.folder = stack.folder(name);
    this.sheet = sheet();
    this.request = written();
    this.since = stack.lastEffectSeen();
  }

  static Kind kind(Stack stack) {
    return name -> new CavaticaCell(stack, name, INDEXD);
  }

  /** The same with outputs that are filed in Synapse, whose ids are those of their versions. */
  static Kind filed(Stack stack) {
    return name -> new CavaticaCell(stack, name, SYNAPSE);
  }

  private List<String> samples() {
    return List.of("a_" + name, "b_" + name);
  }

  private String reads(String sample) {
    return name + "/" + sample + ".fastq.gz";
  }

  private String sheet() {
    StringBuilder rows = new StringBuilder("sample_id,filepath,s3_uri\n");
    String bucket = stack.seed("s3.bucket");
    for (String sample : samples()) {
      byte[] reads = sample.substring(0, 1).getBytes(StandardCharsets.UTF_8);
      String key = READS + reads(sample);
      stack.sandbox().objects().put(bucket, key, "application/gzip", reads);
      rows.append(String.join(",", sample, reads(sample), "s3://" + bucket + "/" + key));
      rows.append('\n');
    }
    byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
    return stack.sandbox().synapseSeed().file(folder, "sheet.csv", "text/csv", bytes);
  }

  private Map<String, Object> written() {
    String yaml =
        REQUEST
            .replace("DRS", ids)
            .replace("NAME", name)
            .replace("PROJECT", project)
            .replace("APP", app());
    for (String seed : List.of("billingGroup", "volumeReadOnly", "volumeReadWrite")) {
      yaml = yaml.replace("<sevenbridges." + seed + ">", stack.seed("sevenbridges." + seed));
    }
    return new Yaml().load(yaml.replace("SHEET", sheet).replace("FOLDER", folder));
  }

  /** The seed's public app once more, which suggests a file of this cell's name. */
  private String app() {
    SevenBridgesSeed seed = stack.sandbox().sevenBridgesSeed();
    String seeded = stack.seed("sevenbridges.publicApp");
    String publisher = seeded.substring(0, seeded.lastIndexOf('/'));
    String adapters = seed.file(publisher, suggested(), name.getBytes(StandardCharsets.UTF_8));
    ObjectNode cwl = (ObjectNode) stack.sevenBridges("/apps/" + seeded).path("raw");
    for (JsonNode input : cwl.path("inputs")) {
      if (input.path("sbg:suggestedValue") instanceof ObjectNode file) {
        file.put("path", adapters).put("name", suggested());
      }
    }
    return seed.app(publisher, name, cwl);
  }

  private String suggested() {
    return name + ".fa";
  }

  @Override
  public Stack stack() {
    return stack;
  }

  @Override
  public String etl() {
    return "cavatica-drs";
  }

  @Override
  public String calls() {
    return name + "\\b|\\b" + sheet + "\\b|\"" + folder + "\"";
  }

  @Override
  public String workflowId() {
    return "cavatica-drs/" + project + "/" + sheet + ".1/" + name;
  }

  @Override
  public Map<String, Object> request() {
    return request;
  }

  /** One task per sample and no draft, one file per object, one id per output. */
  @Override
  public Essence outcome(WorkflowStub run) {
    JsonNode report = stack.report(run);
    checkTasks();
    checkFiles();
    checkIds(report);
    ObjectNode told = report.deepCopy();
    told.remove("sheet");
    told.withObject("/collated").remove(List.of("bytes", "manifestMd5"));
    return new Essence(name).add("report", told);
  }

  @Override
  public Expectation asked(long since, JsonNode report) {
    Expectation asked =
        Expectation.of(calls(), since).report(report).input(sheet + ".1").keeps(sheet + ".1");
    for (String sample : samples()) {
      String source = "s3://" + stack.seed("s3.bucket") + "/" + READS + reads(sample);
      asked
          .run("sevenbridges", "\"" + sample + " ")
          .keeps(source, sample.substring(0, 1).getBytes(StandardCharsets.UTF_8));
    }
    String collated = report.at("/collated/manifestUri").asText();
    // without a table it was cancelled: there may be no project yet, and what is delivered stays
    if (collated.isEmpty()) {
      return asked;
    }
    samples().forEach(sample -> asked.imported(project, reads(sample), 1));
    return asked
        .own("s3://" + stack.seed("s3.bucket") + "/delivery/" + name + "/")
        .ids(collated, "drs_uri", "s3_uri", 4);
  }

  private void checkTasks() {
    List<JsonNode> tasks = listed("/tasks?project=" + project);
    assertThat(tasks)
        .extracting(task -> task.path("name").asText().replaceFirst(" .*", ""))
        .containsExactlyInAnyOrderElementsOf(samples());
    assertThat(tasks).extracting(task -> task.path("status").asText()).containsOnly("COMPLETED");
  }

  private void checkFiles() {
    List<JsonNode> files = files("project=" + project);
    assertThat(files)
        .filteredOn(file -> file.at("/storage/volume").asText().endsWith("_ro"))
        .extracting(file -> file.at("/storage/location").asText())
        .containsExactlyInAnyOrderElementsOf(samples().stream().map(this::reads).toList());
    assertThat(files)
        .extracting(file -> file.path("name").asText())
        .noneMatch(file -> file.startsWith("_"))
        .containsOnlyOnce(suggested());
  }

  private List<JsonNode> files(String where) {
    List<JsonNode> files = new ArrayList<>();
    for (JsonNode item : listed("/files?" + where)) {
      if (item.path("type").asText().equals("folder")) {
        files.addAll(files("parent=" + item.path("id").asText()));
      } else {
        files.add(item);
      }
    }
    return files;
  }

  private List<JsonNode> listed(String path) {
    List<JsonNode> items = new ArrayList<>();
    stack.sevenBridges(path + "&fields=_all&limit=100").path("items").forEach(items::add);
    return items;
  }

  private void checkIds(JsonNode report) {
    List<List<String>> rows =
        stack
            .object(report.at("/collated/manifestUri").asText())
            .lines()
            .skip(1)
            .map(row -> List.of(row.split(",", -1)))
            .toList();
    assertThat(rows).hasSize(4);
    assertThat(rows).extracting(row -> row.get(8)).doesNotHaveDuplicates();
    if (ids.equals(SYNAPSE)) {
      checkEntities(rows);
      return;
    }
    assertThat(stack.effects("indexd", "POST /index", since))
        .filteredOn(made -> made.at("/request/urls/0").asText().contains("/" + name + "/"))
        .hasSameSizeAs(rows);
  }

  /** One entity for each output, made once. */
  private void checkEntities(List<List<String>> rows) {
    List<String> made =
        stack.effects("synapse", "POST /entity/bundle2/create", since).stream()
            .filter(effect -> effect.toString().contains("cavatica-drs/" + project + "/"))
            .filter(effect -> !effect.toString().contains(".outputs.csv"))
            .map(effect -> effect.at("/object/id").asText())
            .toList();
    assertThat(rows)
        .extracting(row -> row.get(8))
        .containsExactlyInAnyOrderElementsOf(
            made.stream().map(id -> "drs://repo-prod.prod.sagebase.org/" + id + ".1").toList());
  }
}
