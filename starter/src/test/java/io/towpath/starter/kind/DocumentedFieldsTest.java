package io.towpath.starter.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.starter.request.RequestFile;
import io.towpath.workflows.request.FieldDoc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents say of a request's fields, read as the command reads it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentedFieldsTest {
  private static final Path ROOT =
      Path.of(System.getProperty("towpath.root", "..")).toAbsolutePath().normalize();
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([^`]+)` \\|(?:[^|\\\\]|\\\\.)*\\|([^|]*)\\|.*$");

  private final Kind kind = Kinds.named("round-trip");

  @ParameterizedTest
  @ValueSource(strings = {"release-deploy", "round-trip", "cavatica-drs"})
  void the_table_has_the_fields_that_describe_prints_and_no_others(String name) {
    List<FieldDoc> fields = fields(Kinds.named(name));
    String page = text("docs/" + name + ".md");
    String table =
        page.substring(page.indexOf("<!-- fields -->"), page.indexOf("<!-- /fields -->"));
    Map<String, String> documented = new TreeMap<>();
    ROW.matcher(table).results().forEach(row -> documented.put(row.group(1), row.group(2).strip()));

    assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(paths(fields));
    assertThat(fields.stream().filter(FieldDoc::required).map(FieldDoc::path))
        .allSatisfy(path -> assertThat(documented.get(path)).as(path).isEqualTo("required"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"release-deploy", "round-trip", "cavatica-drs"})
  void the_pages_of_all_etls_have_one_outline(String name) {
    assertThat(text("docs/" + name + ".md").lines().filter(line -> line.startsWith("## ")))
        .containsExactly(
            "## What it does",
            "## Request",
            "## What happens",
            "## What is guaranteed, and how",
            "## What to do when it fails");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void an_example_is_read_without_a_problem(Map<String, Object> example) {
    assertThat(kind.problems(example)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"release-deploy", "round-trip", "cavatica-drs", "manifest-scan"})
  void what_is_there_to_copy_is_read_without_a_problem(String name) {
    Kind one = Kinds.named(name);

    assertThat(one.problems(yaml(text("deploy/examples/" + name + ".yaml")))).isEmpty();
    assertThat(one.problems(yaml(Template.of(one)))).isEmpty();
  }

  @Test
  void examples_of_the_shorter_pages_are_read_without_a_problem() {
    assertThat(Kinds.named("manifest-scan").problems(blocks("docs/manifest-scan.md").get(0)))
        .isEmpty();
    for (String name : List.of("cavatica-drs", "release-deploy")) {
      List<Map<String, Object>> examples = blocks("docs/" + name + ".md");
      assertThat(examples).hasSizeGreaterThanOrEqualTo(2);
      for (Map<String, Object> example : examples) {
        // one that has a name of its own is a whole request, others are parts of the first
        Map<String, Object> whole =
            new TreeMap<>(example.containsKey("release") ? Map.of() : examples.get(0));
        example.forEach((field, value) -> whole.merge(field, value, DocumentedFieldsTest::over));
        assertThat(Kinds.named(name).problems(whole)).as(name + example).isEmpty();
      }
    }
  }

  @Test
  void every_field_has_an_example() {
    Set<String> shown = new TreeSet<>();
    examples().forEach(example -> collect("", example, shown));
    Set<String> missing = paths(fields());
    missing.removeAll(shown);

    assertThat(missing).isEmpty();
  }

  /**
   * The page's examples as requests: what an example leaves out is as in the minimal request, its
   * runs as in the last example that has some.
   */
  static List<Map<String, Object>> examples() {
    List<Map<String, Object>> blocks = blocks("docs/round-trip.md");
    Map<String, Object> request =
        new TreeMap<>(
            blocks.stream()
                .filter(block -> block.keySet().containsAll(List.of("manifest", "runs", "index")))
                .findFirst()
                .orElseThrow());
    List<Map<String, Object>> examples = new ArrayList<>();
    for (Map<String, Object> block : blocks) {
      Map<String, Object> example = new TreeMap<>(request);
      block.forEach((field, value) -> example.merge(field, value, DocumentedFieldsTest::over));
      request.put("runs", example.get("runs"));
      examples.add(example);
    }
    return examples;
  }

  /** An object's own fields over those of the request; anything else takes its place. */
  private static Object over(Object before, Object own) {
    if (!(before instanceof Map<?, ?> old) || !(own instanceof Map<?, ?> more)) {
      return own;
    }
    Map<Object, Object> both = new TreeMap<>(old);
    both.putAll(more);
    return both;
  }

  /** Paths of what has a value; names of the user's own are {@code {}}. */
  private void collect(String path, Object value, Set<String> shown) {
    if (value == null) {
      return;
    }
    shown.add(path);
    if (value instanceof List<?> list) {
      list.forEach(item -> collect(path + "[]", item, shown));
    } else if (value instanceof Map<?, ?> map) {
      boolean byName =
          fields().stream().anyMatch(f -> f.path().equals(path) && f.type().endsWith("by name"));
      map.forEach(
          (name, item) ->
              collect(
                  byName ? path + "{}" : path.isEmpty() ? "" + name : path + "." + name,
                  item,
                  shown));
    }
  }

  private List<FieldDoc> fields() {
    return fields(kind);
  }

  /** A run's own index has the fields of the request's. */
  private static List<FieldDoc> fields(Kind kind) {
    return kind.fields().stream().filter(f -> !f.path().startsWith("runs[].index.")).toList();
  }

  private static Set<String> paths(List<FieldDoc> fields) {
    Set<String> paths = new TreeSet<>();
    fields.forEach(field -> paths.add(field.path()));
    return paths;
  }

  private static Map<String, Object> yaml(String text) {
    return RequestFile.read("-", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        .request();
  }

  private static List<Map<String, Object>> blocks(String page) {
    return EXAMPLE.matcher(text(page)).results().map(block -> yaml(block.group(1))).toList();
  }

  private static String text(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
