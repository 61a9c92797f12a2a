package io.towpath.proof.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RuleDocumentTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("towpath.root", ".."), "docs", "proof.md");

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ([A-Z].*) \\|$");

  @Test
  void the_document_has_every_rule_in_the_words_of_the_code() throws IOException {
    List<String> told =
        ROW.matcher(Files.readString(DOCUMENT))
            .results()
            .map(row -> row.group(1) + ": " + row.group(2))
            .toList();

    assertThat(told)
        .containsExactlyElementsOf(
            Arrays.stream(Rule.values()).map(rule -> rule.id() + ": " + rule.sentence()).toList());
  }
}
