package io.towpath.workflows.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(20)
class RenameTest {
  @Test
  void every_match_is_replaced_and_groups_are_kept() {
    assertThat(new Rename("_([12])\\.fastq\\.gz$", "_R$1.fastq.gz").apply("a_1.fastq.gz"))
        .isEqualTo("a_R1.fastq.gz");
    assertThat(new Rename(" ", "_").apply("a b c")).isEqualTo("a_b_c");
    assertThat(new Rename("x", "y").apply("abc")).isEqualTo("abc");
  }

  @ParameterizedTest
  @CsvSource({"(,x", "a,$1", "a,${b}", "a,$", "a,b/c", "a,/c", "(?<n>a),${m}"})
  void a_rule_that_cannot_be_applied_is_refused_when_it_is_read(String match, String replace) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Rename(match, replace));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(.*)(.*)(.*)(.*)q", "\\w*\\w*\\w*\\w*-", "(x+)(x+)+(x+)+\\1y"})
  void an_expression_that_may_take_for_ever_is_refused_when_it_is_read(String match) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rename(match, ""))
        .withMessageContaining("too long");
  }

  @Test
  void a_long_expression_is_refused() {
    String longest = "a".repeat(200);

    assertThat(new Rename(longest, longest).apply(longest)).isEqualTo(longest);
    assertThatIllegalArgumentException().isThrownBy(() -> new Rename("a", longest + "a"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rename("a".repeat(201), ""));
  }

  @Test
  void what_slips_through_is_stopped_at_the_name_it_takes_too_long_on() {
    Rename rule = new Rename("\\p{IsGreek}*\\p{IsGreek}*\\p{IsGreek}*-", "");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule.apply("β".repeat(200)))
        .withMessageContaining("too long");
  }
}
