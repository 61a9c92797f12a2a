package io.towpath.activities.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FingerprintsTest {
  private final Fingerprints prints = new Fingerprints();

  @Test
  void texts_are_numbered_in_the_order_in_which_they_first_come() {
    assertThat(prints.add("a")).isTrue();
    assertThat(prints.add("")).isTrue();
    assertThat(prints.add("a")).isFalse();
    assertThat(prints.add("b")).isTrue();

    assertThat(prints.get("a")).hasValue(0);
    assertThat(prints.get("")).hasValue(1);
    assertThat(prints.get("b")).hasValue(2);
    assertThat(prints.get("c")).isEmpty();
    assertThat(prints.size()).isEqualTo(3);
  }

  @Test
  void no_text_is_lost_or_taken_for_another_while_the_table_grows() {
    IntStream.range(0, 50_000).forEach(i -> prints.add("text " + i));

    assertThat(IntStream.range(0, 50_000)).allMatch(i -> prints.get("text " + i).getAsLong() == i);
    assertThat(IntStream.range(50_000, 100_000)).noneMatch(i -> prints.has("text " + i));
  }

  @Test
  void numbers_count_and_change() {
    assertThat(prints.count("a")).isEqualTo(1);
    assertThat(prints.count("a")).isEqualTo(2);
    prints.put("a", 7);
    assertThat(prints.putIfAbsent("a", 8)).isFalse();

    assertThat(prints.get("a")).hasValue(7);
    assertThat(prints.size()).isEqualTo(1);
  }
}
