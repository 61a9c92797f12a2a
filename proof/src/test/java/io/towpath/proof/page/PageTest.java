package io.towpath.proof.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.proof.check.Rule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PageTest {
  private static final String FAULT =
      """
      {"kind":"fault","etl":"round-trip","cell":"round-trip/syn1.1/all0","passed":true,
       "strikes":["seqera POST /workflow/launch #1 late-commit","s3 PUT object #2 html"],
       "rules":{"one-run":"held","no-secret":"held: 2 of 5 written objects were read",
       "ids-resolve":"n/a: no DRS id is asked for"},"doublesMade":1,"calls":62,"undisturbed":50,"millis":1500}
      """;

  private static final String KILL =
      """
      {"kind":"kill","etl":"round-trip","cell":"round-trip/syn1.1/<b>","passed":false,"seed":42,
       "strikes":["TowerSubmit: POST /workflow/launch"],
       "rules":{"one-run":"violated: seqera has 2 runs, not 1"},"doublesMade":0,"calls":41,"millis":900}
      """;

  private static final String CRASH =
      """
      {"kind":"crash","etl":"round-trip","cell":"round-trip/syn1.1/kills1w0","passed":true,"seed":1,
       "strikes":["a worker: SIGKILL after 7 calls","a worker: SIGKILL after 31 calls"],
       "rules":{"one-run":"held"},"doublesMade":0,"calls":63,"undisturbed":50,"millis":9000,
       "pauseMillis":6250,"bytesTwice":8192}
      """;

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private int write(String... lines) throws IOException {
    StringBuilder records = new StringBuilder();
    for (String line : lines) {
      records.append(line.replace("\n", "")).append('\n');
    }
    Files.writeString(folder.resolve("cells.jsonl"), records);
    return PageMain.write(folder, new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  private JsonNode figures() throws IOException {
    return new ObjectMapper().readTree(Files.readString(folder.resolve("proof.json")));
  }

  private String page() throws IOException {
    return Files.readString(folder.resolve("index.html"));
  }

  @Test
  void cells_faults_and_deaths_are_counted() throws IOException {
    assertThat(write(FAULT, FAULT, KILL)).isEqualTo(1);

    JsonNode totals = figures().path("totals");
    assertThat(totals.path("cells").asInt()).isEqualTo(3);
    assertThat(totals.path("passed").asInt()).isEqualTo(2);
    assertThat(totals.path("faults").asInt()).isEqualTo(4);
    assertThat(totals.path("kills").asInt()).isEqualTo(1);
    assertThat(totals.path("doubles made").asInt()).isEqualTo(2);
    assertThat(totals.path("amplification").asDouble()).isCloseTo(1.2, within(1e-9));
    assertThat(figures().at("/faults/rows/1/late-commit").toString()).isEqualTo("[2,2]");
    assertThat(figures().at("/deaths/rows/0/where").asText()).isEqualTo("TowerSubmit");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith(
            "2 of 3 cells passed; 4 faults, 1 kills, 0 crashes, 0 pairs, 0 races; 1 violations");
  }

  @Test
  void what_the_process_of_a_worker_met_is_told_with_what_work_lost_by_it() throws IOException {
    write(CRASH, CRASH);

    JsonNode row = figures().at("/standstills/0");
    assertThat(row.path("what it met").asText()).isEqualTo("a worker: SIGKILL");
    assertThat(row.path("strikes").asInt()).isEqualTo(4);
    assertThat(row.path("longest").asText()).isEqualTo("6.3 s");
    assertThat(row.path("bytes sent twice").asLong()).isEqualTo(16_384);
    assertThat(figures().at("/deaths/rows")).as("deaths of an activity").isEmpty();
    assertThat(page()).contains("a worker: SIGKILL");
  }

  @Test
  void no_violation_is_told_with_its_trials_and_what_they_bound() throws IOException {
    assertThat(write(FAULT, FAULT, FAULT, FAULT)).isZero();

    JsonNode oneRun = figures().at("/rules/0");
    assertThat(oneRun.path("rule").asText()).isEqualTo(Rule.ONE_RUN.id());
    assertThat(oneRun.path("trials").asInt()).isEqualTo(4);
    assertThat(oneRun.path("atMost").asDouble()).isCloseTo(0.75, within(1e-9));
    assertThat(page()).contains("75.0 %").contains("4 cells: no DRS id is asked for");
  }

  @Test
  void a_rule_that_was_violated_has_no_bound_and_its_cell_is_listed() throws IOException {
    write(FAULT, KILL);

    assertThat(figures().at("/rules/0").has("atMost")).isFalse();
    assertThat(figures().at("/failures/0/seed").asInt()).isEqualTo(42);
    assertThat(page()).contains("seqera has 2 runs, not 1").contains("round-trip/syn1.1/&lt;b&gt;");
  }

  @Test
  void what_was_not_measured_says_so_until_a_record_tells_it() throws IOException {
    Files.writeString(
        folder.resolve("protections.jsonl"),
        "{\"protection\":\"the intent\",\"without it\":\"2 runs\"}\n");

    write(FAULT);

    assertThat(page()).contains("<td>2 runs</td>").contains("not measured");
    assertThat(figures().path("protections")).hasSize(7);
  }

  @Test
  void the_page_needs_nothing_else() throws IOException {
    Files.writeString(folder.resolve("run.json"), "{\"commit\":\"abc1234\"}");

    write(FAULT, KILL);

    assertThat(page())
        .doesNotContainPattern("(?i)src=|href=|url\\(|@import|<script")
        .contains("abc1234", "<title>", "lang=\"en\"", "scope=\"row\"");
  }

  @Test
  void no_cell_at_all_is_no_proof() throws IOException {
    assertThat(write()).isEqualTo(2);
    assertThat(folder.resolve("index.html")).doesNotExist();
  }
}
