package io.towpath.activities.samples;

import io.towpath.workflows.model.Problem;
import io.towpath.workflows.samples.SampleActivities.SamplesSeen;
import io.towpath.workflows.samples.SampleRules;
import io.towpath.workflows.samples.SampleTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request with one row per file, as etl-spec b3 shows it, that tests change. */
final class Scene {
  static final String APP = "dcc/sandbox/rnaseq/3";
  static final SampleTarget TARGET =
      new SampleTarget("default", APP, "dcc/reads_ro", "reads-bucket", "synapse", true);
  static final String HEADER = "component,filepath,s3_uri,sample_id,lane,read_orientation\n";

  final CountedPlatform platform = new CountedPlatform();
  String format = "auto";
  String rowIs = "file";
  String groupBy = "sample_id";
  String s3Uri = "$.s3_uri";
  String path = "'synapse/' & component & '/' & filepath";
  String taskName = "rnaseq - {sample_id} [{opKey}]";
  boolean validated = true;
  SampleTarget target = TARGET;
  final Map<String, String> metadata = new TreeMap<>(Map.of("sample_id", "$.sample_id"));
  final Map<String, String> inputs =
      new TreeMap<>(
          Map.of(
              "input_pe_reads", "files[read_orientation='R1'].file",
              "input_pe_mates", "files[read_orientation='R2'].file",
              "sample_name", "sample_id",
              "output_basename", "opKey"));

  SampleRules rules() {
    return new SampleRules(
        format, rowIs, groupBy, s3Uri, path, metadata, taskName, inputs, validated);
  }

  /** A row of {@link #HEADER}, whose object lies on the volume. */
  String row(String sample, String lane, String orientation) {
    String name = sample + "_" + lane + "_" + orientation + ".fastq.gz";
    platform.put("rna/" + name);
    return String.join(
            ",", "rna", name, "s3://reads-bucket/synapse/rna/" + name, sample, lane, orientation)
        + "\n";
  }

  SamplesSeen inspect(String sheet) {
    return new SampleInspection(platform, rules(), target)
        .of(sheet.getBytes(StandardCharsets.UTF_8), "sheet.csv");
  }

  /** The problems as {@code place: text}. */
  List<String> problems(String sheet) {
    return inspect(sheet).problems().stream().map(Scene::told).toList();
  }

  static String told(Problem problem) {
    return problem.place() + ": " + problem.text();
  }
}
