package io.towpath.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.starter.TestCommand.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the documents say is there, and how all modules' tests are written. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RepositoryTest {
  private static final Path ROOT =
      Path.of(System.getProperty("towpath.root", "..")).toAbsolutePath().normalize();

  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]*)(?:#([^)\\s]*))?\\)");
  private static final Pattern MENTION =
      Pattern.compile("(?<![\\w/.-])((?:deploy|docs|\\.ci)/[\\w./-]*\\w|\\./mvnw)");
  private static final Pattern COMMAND =
      Pattern.compile("\\./towpath ([a-z]\\S*?)(?=[\\s`])((?:(?!\\./towpath)[^`#>\\n(])*)");
  private static final Pattern OPTION = Pattern.compile("(?<=\\s)(--?[a-z][a-z-]*)");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)#([a-z0-9_]+)`");
  private static final Pattern DEFECT = Pattern.compile("(?m)^\\| (D?\\d+) \\|[^|]+\\| `.*` \\|$");
  private static final Pattern PRINTED =
      Pattern.compile(
          "\\d+ runs launched, \\d+ files indexed|\\d{4}-\\S+Z  (?:check|stage|run|index) ");

  /** Workflows sleep, and so do tests whose server skips the time. */
  private static final Pattern SLEEP_OR_SKIP =
      Pattern.compile("(?<!\\bWorkflow|\\bskippedTime)\\.sleep\\(|\\bparkNanos\\(|@Disabled\\b");

  @Test
  void every_link_leads_to_a_file_and_a_heading() {
    assertThat(problems(documents(), LINK, RepositoryTest::deadLink)).isEmpty();
  }

  @Test
  void every_file_that_is_named_exists() {
    assertThat(
            problems(
                documents(),
                MENTION,
                (file, mention) ->
                    Files.exists(ROOT.resolve(mention.group(1))) ? "" : "there is no such file"))
        .isEmpty();
  }

  @Test
  void every_command_that_is_shown_exists_with_its_options() {
    TestCommand towpath = new TestCommand("127.0.0.1:1");
    Map<String, Result> helps = new TreeMap<>();

    assertThat(
            problems(
                documents(),
                COMMAND,
                (file, shown) -> {
                  String command = shown.group(1);
                  return unknown(
                      command,
                      helps.computeIfAbsent(command, c -> towpath.run(c, "--help")),
                      shown.group(2));
                }))
        .isEmpty();
    assertThat(helps).containsKeys("demo", "worker", "start", "status");
  }

  @Test
  void every_test_that_is_named_exists() {
    Map<String, String> sources = new TreeMap<>();
    tests().forEach(file -> sources.put(file.getFileName().toString(), text(file)));

    assertThat(problems(documents(), TEST, (file, named) -> noTest(sources, named))).isEmpty();
  }

  @Test
  void every_defect_of_earlier_scripts_has_a_test() {
    List<String> defects =
        DEFECT
            .matcher(text(ROOT.resolve("docs/idempotency.md")))
            .results()
            .map(row -> row.group(1))
            .toList();

    assertThat(defects)
        .containsExactlyElementsOf(
            Stream.concat(
                    IntStream.rangeClosed(1, 10).mapToObj(i -> "D" + i),
                    IntStream.rangeClosed(1, 12).mapToObj(String::valueOf))
                .toList());
  }

  @Test
  void what_the_demo_prints_stands_only_where_it_is_generated() {
    assertThat(problems(documents(), PRINTED, RepositoryTest::pasted)).isEmpty();
    assertThat(text(ROOT.resolve("README.md"))).containsPattern(PRINTED);
  }

  @Test
  void no_test_sleeps_or_is_switched_off() {
    assertThat(problems(tests(), SLEEP_OR_SKIP, (file, found) -> "tests await what they want"))
        .isEmpty();
  }

  @Test
  void the_patterns_find_what_they_are_for() {
    assertThat("see [a](b.md#c), [d](#e)").containsPattern(LINK);
    assertThat(List.of("Thread.sleep(5)", "TimeUnit.SECONDS.sleep(5)", "@Disabled class"))
        .allMatch(SLEEP_OR_SKIP.asPredicate());
    assertThat("Workflow.sleep(day) skippedTime.sleep(day)").doesNotContainPattern(SLEEP_OR_SKIP);
    Map<String, String> sources = Map.of("ATest.java", "void it_works() {");
    assertThat(TEST.matcher("`ATest#it_works`, `ATest#it`, `BTest#it_works`").results())
        .extracting(test -> noTest(sources, test))
        .containsExactly("", "there is no such test", "there is no such test");
    Path file = ROOT.resolve("README.md");
    assertThat(LINK.matcher("[a](docs/none.md)").results().map(link -> deadLink(file, link)))
        .containsExactly("there is no such file");
    assertThat(LINK.matcher("[a](#no-such)").results().map(link -> deadLink(file, link)))
        .containsExactly("there is no such heading");
    TestCommand towpath = new TestCommand("127.0.0.1:1");
    assertThat(unknown("strat", towpath.run("strat", "--help"), ""))
        .isEqualTo("there is no such command");
    assertThat(unknown("status", towpath.run("status", "--help"), " ID --folow"))
        .contains("--folow");
  }

  /** .ci/refresh-readme writes what lies between the marks. */
  private static String pasted(Path file, MatchResult printed) {
    String before = text(file).substring(0, printed.start());
    boolean generated = before.lastIndexOf("<!-- demo -->") > before.lastIndexOf("<!-- /demo -->");
    return generated && file.endsWith("README.md") ? "" : "no program keeps this up to date";
  }

  private static String noTest(Map<String, String> sources, MatchResult named) {
    String source = sources.getOrDefault(named.group(1) + ".java", "");
    return source.contains("void " + named.group(2) + "(") ? "" : "there is no such test";
  }

  private static String deadLink(Path file, MatchResult link) {
    String target = link.group(1);
    if (target.contains(":")) {
      return "";
    }
    Path there = target.isEmpty() ? file : file.resolveSibling(target).normalize();
    if (!Files.exists(there)) {
      return "there is no such file";
    }
    String heading = link.group(2);
    return heading == null || headings(there).anyMatch(heading::equals)
        ? ""
        : "there is no such heading";
  }

  /** The anchors that GitHub makes of a document's headings. */
  private static Stream<String> headings(Path document) {
    return text(document)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
  }

  /** Help of an unknown command is that of {@code towpath} itself. */
  private static String unknown(String command, Result help, String rest) {
    if (!help.out().contains("Usage: towpath " + command + " ")) {
      return "there is no such command";
    }
    List<String> missing =
        OPTION
            .matcher(rest)
            .results()
            .map(option -> option.group(1))
            .filter(option -> !help.out().matches("(?s).*(?<![\\w-])" + option + "(?![\\w-]).*"))
            .toList();
    return missing.isEmpty() ? "" : "there is no option " + missing;
  }

  private static List<String> problems(
      Stream<Path> files, Pattern pattern, BiFunction<Path, MatchResult, String> judge) {
    List<Path> read = files.toList();
    assertThat(read).isNotEmpty();
    return read.stream()
        .flatMap(
            file ->
                pattern
                    .matcher(text(file))
                    .results()
                    .map(found -> Map.entry(found.group(), judge.apply(file, found)))
                    .filter(found -> !found.getValue().isEmpty())
                    .map(
                        found ->
                            ROOT.relativize(file)
                                + ": "
                                + found.getKey().strip()
                                + ": "
                                + found.getValue()))
        .toList();
  }

  private static Stream<Path> documents() {
    return Stream.concat(
        Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md").map(ROOT::resolve),
        Stream.of("docs", "deploy")
            .flatMap(
                folder -> walk(ROOT.resolve(folder), path -> path.toString().endsWith(".md"))));
  }

  private static Stream<Path> tests() {
    return Stream.of("workflows", "activities", "worker", "sandbox", "starter", "proof")
        .flatMap(
            module ->
                walk(
                    ROOT.resolve(module).resolve("src/test/java"),
                    path ->
                        path.toString().endsWith(".java")
                            && !path.toString().contains("/bad/")
                            && !path.endsWith("RepositoryTest.java")));
  }

  private static Stream<Path> walk(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(wanted).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
