package io.towpath.workflows.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.towpath.workflows.request.FieldDoc;
import io.towpath.workflows.request.Reading;
import io.towpath.workflows.request.WrongField;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of a request with a value that is wrong there. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WrongFieldsTest {
  /** A request in which every list of objects has one, so that its fields have a place. */
  private static final String RIGHT =
      """
      {"manifest": {"synId": "syn1"},
       "stage": {"to": "s3://bucket/etl/", "rename": [{"match": "a"}]},
       "prepare": {"activity": {"name": "mine", "taskQueue": "queue"}},
       "runs": [{"name": "reads", "pipeline": "https://github.com/a/b"},
                {"name": "rank", "pipeline": "https://github.com/a/b",
                 "inputs": {"input": {"from": "${runs.reads.outdir}/t.csv"}}}],
       "index": {"parent": "syn2",
         "annotations": [{"match": "{s}.bam", "set": {"a": "b"},
           "fromTable": {"file": "t.csv", "key": "s", "match": "{s}", "set": {"x": "y"}}}]}}
      """;

  /** Path, wrong value as JSON, and what is said about it. */
  private static final String WRONG =
      """
      dataset                       | []                    | is not a text
      recipe                        | "a/b"                 | is no name
      rerun                         | "sometimes"           | none of: ifFailed, always, never
      takeOver                      | "yes"                 | is not true or false
      connection                    | {}                    | is not a text
      manifest                      | "syn1"                | is not an object
      manifest.synId                | "sheet.csv"           | is not a Synapse id
      manifest.version              | 0                     | is not a whole number from 1
      manifest.query                | []                    | is not a text
      manifest.format               | "xlsx"                | none of: auto, csv, tsv, json, yaml
      stage                         | "s3://bucket/"        | is not an object
      stage.to                      | "/data"               | s3://bucket
      stage.layout                  | "tree"                | none of: idFolders, flat, bySample
      stage.rename                  | {}                    | must be a list of objects
      stage.rename[].match          | "("                   | Unclosed group
      stage.rename[].replace        | []                    | is not a text
      stage.columns                 | "all"                 | neither auto nor a list
      stage.versions                | "newest"              | "newest" is not pinAtStart
      stage.verify                  | "size"                | none of: md5
      stage.mode                    | "copy"                | none of: serverCopy, stream
      stage.maxParallel             | 65                    | is not a whole number from 1 to 64
      stage.reuseStaged             | 1                     | is not true or false
      prepare                       | []                    | is not an object
      prepare.map                   | {"a": 1}              | "1" is not a text
      prepare.rename                | {"a": "x", "b": "x"}  | two columns get the same name
      prepare.select                | ["a", "a"]            | names a column twice
      prepare.group                 | {}                    | is not a list of texts
      prepare.write                 | "xlsx"                | none of: auto, csv, tsv, json, yaml
      prepare.schema                | "rnaseq"              | is not nf-core/NAME
      prepare.activity              | "mine"                | is not an object
      prepare.activity.name         | null                  | missing; it is required
      prepare.activity.taskQueue    | ""                    | is not a text
      runs                          | []                    | a list of at least one object
      runs[].name                   | "two words"           | is no name
      runs[].pipeline               | null                  | missing; it is required
      runs[].revision               | {}                    | is not a text
      runs[].allowMovingRef         | "no"                  | is not true or false
      runs[].profiles               | "docker"              | is not a list of texts
      runs[].computeEnv             | 7                     | is not an object
      runs[].computeEnv.pin         | false                 | in onFailure.changeComputeEnv
      runs[].computeEnv.id          | []                    | is not a text
      runs[].computeEnv.name        | []                    | is not a text
      runs[].computeEnv.match       | []                    | is not a text
      runs[].params                 | {"a": "${self.dir}"}  | "${self.dir}" names nothing
      runs[].configText             | []                    | is not a text
      runs[].preRunScript           | []                    | is not a text
      runs[].entryName              | []                    | is not a text
      runs[].workspaceSecrets       | "TOKEN"               | is not a list of texts
      runs[].onFailure              | "resume"              | is not an object
      runs[].onFailure.resume       | "yes"                 | is not true or false
      runs[].onFailure.maxRelaunch  | 11                    | is not a whole number from 0 to 10
      runs[].onFailure.changeComputeEnv | []                | is not a text
      runs[].stuckAfter             | "six hours"           | is not a duration; write PT6H
      runs[].stuckAfter.submitted   | "6h"                  | is not a duration; write PT6H
      runs[].stuckAfter.running     | "1 day"               | is not a duration; write PT6H
      runs[].needs                  | ["rank"]              | "rank" comes later
      runs[].inputs                 | []                    | is not an object
      runs[].inputs{}.from          | "s3://bucket/t.csv"   | names no earlier run
      runs[].inputs{}.header        | "sample"              | is not a list of texts
      runs[].inputs{}.select        | "sample"              | is not a list of texts
      runs[].inputs{}.expect        | 3                     | is not an object
      runs[].inputs{}.expect.rows   | "3"                   | is not =N, >=N or <=N
      runs[].inputs{}.map           | {"a": []}             | is not a text
      runs[].inputs{}.rename        | []                    | is not an object
      runs[].inputs{}.group         | {}                    | is not a list of texts
      runs[].inputs{}.write         | "xlsx"                | none of: csv, tsv, json, yaml
      runs[].index                  | "syn2"                | is not an object
      startFrom                     | "raeds"               | is no run of this request; there are
      only                          | ["raeds"]             | is no run of this request; there are
      index                         | "syn2"                | is not an object
      index.parent                  | "results"             | is not a Synapse id
      index.folder                  | "${dataset}/x"        | known are ${manifest.id}
      index.from                    | ["${runs.x.outdir}"]  | "x" is no run of this request
      index.include                 | ["{a,b"]              | {a,b
      index.exclude                 | "work/**"             | is not a list of texts
      index.names                   | "fail"                | is not an object
      index.names.onIllegal         | "skip"                | none of: sanitize+record, fail
      index.names.onCollision       | "overwrite"           | none of: fail, newVersion
      index.zeroByte                | "keep"                | none of: skip+report, fail
      index.versioning              | "always"              | "always" is not md5
      index.annotations             | {}                    | must be a list of objects
      index.annotations[].match     | "{a,b"                | {a,b
      index.annotations[].set       | {"a": "{who}"}        | "{who}" stands for nothing
      index.annotations[].fromTable | []                    | is not an object
      index.annotations[].fromTable.file  | null            | missing; it is required
      index.annotations[].fromTable.key   | null            | missing; it is required
      index.annotations[].fromTable.match | "{who}"         | "{who}" stands for nothing
      index.annotations[].fromTable.set   | {"x": 1}        | must be the name of a column
      index.provenance              | "auto"                | is not an object
      index.provenance.used         | ["s3://bucket/k"]     | takes no s3:// or drs:// there
      index.provenance.executed     | "docker://x"          | takes no s3:// or drs:// there
      index.storageLocation         | "mine"                | neither auto nor an id such as
      index.deletions               | "delete"              | "delete" is not report
      onRunFailure                  | "ignore"              | none of: stop, indexPartial
      notify                        | "me@example.org"      | is not a list of texts
      """;

  static Stream<WrongField> everyField() {
    return WrongField.table(WRONG);
  }

  @ParameterizedTest
  @MethodSource("everyField")
  void a_field_that_is_wrong_is_refused_with_its_path_and_what_is_expected(WrongField wrong)
      throws JsonProcessingException {
    wrong.assertRefused(RIGHT, place(wrong.path()), RoundTripRequest::read);
  }

  @Test
  void no_field_is_without_a_refusal() throws JsonProcessingException {
    assertThat(WrongField.problems(RIGHT, RoundTripRequest::read)).isEmpty();
    assertThat(everyField().map(WrongField::path))
        .containsExactlyInAnyOrderElementsOf(
            Reading.describe(RoundTripRequest::read).stream()
                .map(FieldDoc::path)
                .filter(path -> !path.startsWith("runs[].index."))
                .toList());
  }

  /** The field in the right request: only the second run reads what the first one left. */
  private static String place(String path) {
    String run = path.contains("inputs") ? "runs[1]" : "runs[0]";
    return path.replace("runs[]", run).replace("[]", "[0]").replace("{}", ".input");
  }
}
