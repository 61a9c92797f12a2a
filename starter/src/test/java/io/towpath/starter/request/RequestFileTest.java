package io.towpath.starter.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.workflows.model.CanonicalJson;
import io.towpath.workflows.request.FieldDoc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RequestFileTest {
  @TempDir private Path folder;

  private Map<String, Object> read(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return RequestFile.read(file.toString(), new ByteArrayInputStream(new byte[0])).request();
  }

  private static Map<String, Object> piped(String text) {
    return RequestFile.read("-", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        .request();
  }

  @Test
  void json_and_yaml_give_the_same_request() throws IOException {
    assertThat(CanonicalJson.write(read("r.json", "{\"a\":{\"b\":[1,true,\"x\",null]}}")))
        .isEqualTo(CanonicalJson.write(piped("a:\n  b: [1, true, x, null]\n")));
  }

  @Test
  void a_repeated_field_is_refused_with_line_and_column() {
    assertThatThrownBy(() -> read("r.yaml", "a: 1\nb: 2\na: 3\n"))
        .hasMessageContaining("r.yaml:3:1: duplicate field \"a\"");
    assertThatThrownBy(() -> read("r.json", "{\"a\":1,\n \"a\":2}"))
        .hasMessageContaining("r.json:2:")
        .hasMessageContaining("uplicate");
  }

  @Test
  void malformed_text_is_refused_with_line_and_column() {
    assertThatThrownBy(() -> read("r.yaml", "a: [1, 2\nb: 3\n"))
        .hasMessageMatching("(?s).*r\\.yaml:\\d+:\\d+: malformed YAML: .*");
    assertThatThrownBy(() -> read("r.json", "{\"a\": }"))
        .hasMessageMatching("(?s).*r\\.json:1:\\d+: malformed JSON: .*");
    assertThatThrownBy(() -> piped("a: 1\n---\nb: 2\n")).hasMessageContaining("second document");
    assertThatThrownBy(() -> piped("{\"a\":1} {\"b\":2}")).hasMessageContaining("follows");
    assertThatThrownBy(() -> piped("- a\n")).hasMessageContaining("one YAML object");
  }

  @Test
  void what_is_no_request_at_all_is_refused() {
    assertThatThrownBy(() -> RequestFile.read(folder.resolve("no").toString(), System.in))
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> RequestFile.read(folder.toString(), System.in))
        .hasMessageContaining("is a folder");
    assertThatThrownBy(() -> piped("  \n")).hasMessageContaining("is empty");
    assertThatThrownBy(() -> piped("a: " + "x".repeat(RequestFile.MAX_BYTES)))
        .hasMessageContaining("at most 1 MiB");
  }

  @Test
  void yaml_words_keep_their_plain_meaning() {
    assertThat(piped("a: no\nb: 012\nc: 12:30:00\nd: '3'\ne: 2026-07-01\nf: ~\ng: !!str 7\n"))
        .containsEntry("a", "no")
        .containsEntry("b", "012")
        .containsEntry("c", "12:30:00")
        .containsEntry("d", "3")
        .containsEntry("e", "2026-07-01")
        .containsEntry("f", null)
        .containsEntry("g", "7");
  }

  @Test
  void anchors_are_followed_and_merge_keys_refused() {
    assertThat(piped("a: &x [1]\nb: *x\n")).containsEntry("b", List.of(1L));
    assertThatThrownBy(() -> piped("a: &x {k: 1}\nb:\n  <<: *x\n"))
        .hasMessageContaining("3:3: merge keys");
    assertThatThrownBy(() -> piped("a: &x [*x]\n")).hasMessageContaining("holds itself");
  }

  @Test
  void an_unquoted_revision_stays_as_written() {
    Literals literals =
        new Literals(
            List.of(
                new FieldDoc("runs[].revision", "text", false, "", ""),
                new FieldDoc("runs[].params", "object", false, "", "")));
    Map<String, Object> request =
        literals.kept(piped("runs:\n  - revision: 3.10\n    params: {p: 0.10}\n"));

    assertThat(request.toString()).isEqualTo("{runs=[{revision=3.10, params={p=0.10}}]}");
  }

  @Test
  void aliases_that_multiply_are_refused() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 60; i++) {
      laughs.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
    }
    String text = "a: &long " + "x".repeat(900_000) + "\nb: [" + "*long, ".repeat(10_000) + "1]\n";

    assertThatThrownBy(() -> piped(laughs.toString())).hasMessageContaining("aliases");
    assertThatThrownBy(() -> piped(text)).hasMessageContaining("too large");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 5_000, 400_000})
  void a_request_that_is_nested_without_bound_is_refused(int depth) {
    String deep = "[".repeat(depth) + "1" + "]".repeat(depth);

    assertThatThrownBy(() -> read("r.yaml", "a: " + deep)).hasMessageContaining("r.yaml:1:");
    assertThatThrownBy(() -> read("r.json", "{\"a\": " + deep + "}"))
        .hasMessageContaining("r.json:1:");
  }

  @Test
  void a_number_that_would_fill_the_memory_is_refused() {
    assertThatThrownBy(() -> piped("{\"a\": 1e999999999}")).hasMessageContaining("1:7: ");
    assertThatThrownBy(() -> piped("{\"a\": 1e99977777777777777}"))
        .hasMessageContaining("more than 1,000 digits");
    assertThatThrownBy(() -> piped("{\"a\": 1e-999999999}")).hasMessageContaining("1:7: ");
    assertThat(piped("a: 1e999999999\n")).containsEntry("a", "1e999999999");
    assertThat(CanonicalJson.write(piped("{\"a\": 1e300}"))).hasSize(307);
  }
}
