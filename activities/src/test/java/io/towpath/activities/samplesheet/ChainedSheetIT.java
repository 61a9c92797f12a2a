package io.towpath.activities.samplesheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.samplesheet.ChainRules;
import io.towpath.workflows.samplesheet.PrepareRules;
import io.towpath.workflows.samplesheet.SampleSheetActivities.ChainSheet;
import io.towpath.workflows.samplesheet.SampleSheetActivities.PreparedSheet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one run left in S3, made into the sheet of the next. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class ChainedSheetIT {
  private static final S3Uri OUT = new S3Uri("s3://" + S3Sandbox.BUCKET + "/out/");
  private static final S3Uri SHEETS = new S3Uri("s3://" + S3Sandbox.BUCKET + "/sheets/");

  @AutoClose private final SheetSandbox sandbox = new SheetSandbox();
  private final S3Documents documents = sandbox.documents;
  private final SampleSheetActivitiesImpl sheets = sandbox.sheets;

  @Test
  void a_table_without_a_header_line_gets_the_names_of_the_request() {
    put("TSV/recalibrated.tsv", "p1\tXX\t0\ts1\ts3://b/s1.bam\np2\tXY\t1\ts2\ts3://b/s2.bam\n");

    assertThat(
            made(
                "TSV/recalibrated.tsv",
                List.of("patient", "sex", "status", "sample", "bam"),
                PrepareRules.NONE,
                "csv"))
        .isEqualTo(
            "patient,sex,status,sample,bam\np1,XX,0,s1,s3://b/s1.bam\np2,XY,1,s2,s3://b/s2.bam\n");
  }

  @Test
  void a_table_is_mapped_renamed_selected_and_grouped() {
    put("samplesheet.csv", "\"sample\",\"run\",\"fastq_1\"\n\"a\",1,x\n\"a\",2,y\n\"b\",3,z\n");
    PrepareRules rules =
        rules(
            Map.of("strandedness", "'auto'"),
            Map.of("fastq_1", "reads"),
            List.of("sample", "reads", "strandedness"),
            List.of("sample"));

    assertThat(made("samplesheet.csv", List.of(), rules, "csv"))
        .isEqualTo("sample,reads,strandedness\na,x;y,auto\nb,z,auto\n");
    assertThat(made("samplesheet.csv", List.of(), rules, "json"))
        .contains("\"sample\"", "\"a\"", "\"x\"", "\"y\"");
  }

  @Test
  void a_text_file_with_tabs_is_a_table_too() {
    put("stats.txt", "s1\t91.5\n");

    assertThat(made("stats.txt", List.of("sample", "mapped"), PrepareRules.NONE, "csv"))
        .isEqualTo("sample,mapped\ns1,91.5\n");
  }

  @Test
  void a_glob_lists_the_objects_that_have_bytes_with_what_it_captured() {
    put("bam/s1/L1.bam", "12345");
    put("bam/s1/L2.bam", "");
    put("bam/s2/L1.bam", "1");
    put("bam/s2/L1.bam.bai", "1");
    put("elsewhere/s3/L1.bam", "1");
    PrepareRules rules =
        rules(Map.of(), Map.of(), List.of("sample", "lane", "uri", "name", "size"), List.of());

    assertThat(made("bam/{sample}/{lane}.bam", List.of(), rules, "csv"))
        .isEqualTo(
            "sample,lane,uri,name,size\n"
                + "s1,L1,"
                + OUT.resolve("bam/s1/L1.bam")
                + ",L1.bam,5\n"
                + "s2,L1,"
                + OUT.resolve("bam/s2/L1.bam")
                + ",L1.bam,1\n");
  }

  @Test
  void a_table_or_glob_that_gives_no_row_launches_nothing() {
    put("empty.csv", "sample,fastq_1\n");

    for (String path : List.of("empty.csv", "missing.csv", "none/{sample}.bam")) {
      assertThatExceptionOfType(PlatformException.class)
          .as(path)
          .isThrownBy(() -> chain(path, List.of(), PrepareRules.NONE, ""))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED))
          .withMessageContaining(path);
    }
  }

  @ParameterizedTest
  @CsvSource({"=2,true", "=3,false", ">=2,true", ">=3,false", "<=2,true", "<=1,false"})
  void the_number_of_rows_is_compared_before_the_sheet_is_written(String rows, boolean right) {
    put("two.csv", "sample\na\nb\n");

    if (right) {
      assertThat(chain("two.csv", List.of(), PrepareRules.NONE, rows).rows()).isEqualTo(2);
    } else {
      assertThatExceptionOfType(PlatformException.class)
          .isThrownBy(() -> chain("two.csv", List.of(), PrepareRules.NONE, rows))
          .withMessageContaining("2 rows, expected " + rows);
    }
  }

  private String made(String path, List<String> header, PrepareRules rules, String form) {
    PrepareRules written =
        new PrepareRules(
            rules.map(),
            rules.rename(),
            rules.select(),
            rules.group(),
            form,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new String(
        documents.read(chain(path, header, written, "").uri()), StandardCharsets.UTF_8);
  }

  private PreparedSheet chain(String path, List<String> header, PrepareRules rules, String rows) {
    return sheets.chain(
        new ChainSheet(
            new Claim("round-trip/syn1.1/variants", 1, 1),
            new ChainRules(
                "runs[1].inputs.input", "${runs.map.outdir}/" + path, header, rules, rows),
            OUT,
            path,
            SHEETS.resolve("sheet.csv")));
  }

  private void put(String key, String content) {
    documents.write(OUT.resolve(key), "text/plain", content.getBytes(StandardCharsets.UTF_8));
  }

  private static PrepareRules rules(
      Map<String, String> map,
      Map<String, String> rename,
      List<String> select,
      List<String> group) {
    return new PrepareRules(
        map, rename, select, group, "auto", Optional.empty(), Optional.empty(), Optional.empty());
  }
}
