package io.towpath.workflows.cavatica;

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
  private static final String RIGHT =
      """
      {"sheet": {"uri": "syn://syn1"},
       "project": "dcc/sandbox",
       "import": {"volume": "dcc/reads_ro"},
       "app": {"id": "pub/apps/rnaseq"},
       "tasks": {"adapter": "activity", "activity": {"name": "mine", "taskQueue": "queue"}},
       "collate": {"export": {"volume": "dcc/results_rw"}},
       "drs": {"minter": "cavatica-dataset", "dataset": {"name": "set"}}}
      """;

  /** Path, wrong value as JSON, and what is said about it. */
  private static final String WRONG =
      """
      notify                   | "me@example.org"     | is not a list of texts
      dataset                  | []                   | is not a text
      rerun                    | "sometimes"          | none of: ifFailed, always, never
      takeOver                 | "yes"                | is not true or false
      connection               | {}                   | is not a text
      sheet                    | "syn://syn1"         | is not an object
      sheet.uri                | "https://host/a.csv" | neither syn://syn123.4 nor s3://bucket/key
      sheet.format             | "xlsx"               | none of: auto, csv, tsv
      sheet.rowIs              | "sample"             | none of: file, task
      project                  | "sandbox"            | is not owner/name
      createProject            | "yes"                | is not true or false
      billingGroup             | []                   | is not a text
      import                   | "dcc/reads_ro"       | is not an object
      import.volume            | "s3://bucket"        | is not owner/name
      import.s3Uri             | {}                   | is not a text
      import.path              | []                   | is not a text
      import.onExists          | "rename"             | none of: verify, replace, fail
      import.metadata          | {"sample_id": ""}    | is empty; expected an expression
      app                      | "pub/apps/rnaseq"    | is not an object
      app.id                   | "pub/apps/rnaseq/3"  | the revision goes into app.revision
      app.revision             | "newest"             | is not a whole number from 0
      app.copyToProject        | 1                    | is not true or false
      app.suggestedFiles       | "all"                | none of: copy, none
      tasks                    | []                   | is not an object
      tasks.groupBy            | []                   | is not a text
      tasks.name               | {}                   | is not a text
      tasks.adapter            | "cwl"                | none of: jsonata, activity
      tasks.activity           | "mine"               | is not an object
      tasks.activity.name      | null                 | missing; it is required
      tasks.activity.taskQueue | ""                   | is not a text
      tasks.inputs             | {"reads": "files"}   | are made by tasks.activity
      tasks.validateAgainstApp | "no"                 | is not true or false
      tasks.launch             | "now"                | none of: auto, draftOnly, afterApproval
      tasks.maxConcurrent      | 1001                 | is not a whole number from 1 to 1000
      tasks.interruptible      | "yes"                | is not true or false
      tasks.memoize            | "yes"                | is not true or false
      tasks.maxReruns          | 11                   | is not a whole number from 0 to 10
      tasks.onTaskFailure      | "ignore"             | none of: continue, stop
      collate                  | "syn2"               | is not an object
      collate.to               | "syn2"               | neither synapse:syn123 nor s3://bucket/prefix/
      collate.export           | "dcc/results_rw"     | is not an object
      collate.export.volume    | "results_rw"         | is not owner/name
      collate.export.prefix    | "/results"           | name a plain prefix
      collate.include          | "*"                  | is not a list of texts
      collate.metadata         | "all"                | none of: inheritFromSample, none
      drs                      | "indexd"             | is not an object
      drs.minter               | "gen3"               | none of: indexd, cavatica-dataset
      drs.parent               | "syn1"               | only synapse files outputs there
      drs.dataset              | "set"                | is not an object
      drs.dataset.name         | null                 | missing; it is required
      drs.dataset.version      | []                   | is not a text
      drs.checksums            | "md5"                | is not a list of texts
      drs.selfUriBase          | []                   | is not a text
      drs.publish              | "yes"                | none of: never, auto, afterApproval
      """;

  static Stream<WrongField> everyField() {
    return WrongField.table(WRONG);
  }

  @ParameterizedTest
  @MethodSource("everyField")
  void a_field_that_is_wrong_is_refused_with_its_path_and_what_is_expected(WrongField wrong)
      throws JsonProcessingException {
    wrong.assertRefused(RIGHT, wrong.path(), CavaticaRequest::read);
  }

  @Test
  void no_field_is_without_a_refusal() throws JsonProcessingException {
    assertThat(WrongField.problems(RIGHT, CavaticaRequest::read)).isEmpty();
    assertThat(everyField().map(WrongField::path))
        .containsExactlyInAnyOrderElementsOf(
            Reading.describe(CavaticaRequest::read).stream().map(FieldDoc::path).toList());
  }
}
