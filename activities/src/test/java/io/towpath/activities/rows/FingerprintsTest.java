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
  void a_text_is_new_once() {
    assertThat(prints.add("a")).isTrue();
    assertThat(prints.add("")).isTrue();
    assertThat(prints.add("a")).isFalse();

    assertThat(prints.has("a")).isTrue();
    assertThat(prints.has("")).isTrue();
    assertThat(prints.has("c")).isFalse();
    assertThat(prints.get("c")).isEmpty();
    assertThat(prints.size()).isEqualTo(2);
  }

  @Test
  void texts_that_came_before_the_first_number_have_0() {
    prints.add("a");
    prints.put("b", 5);

    assertThat(prints.get("a")).hasValue(0);
    assertThat(prints.get("b")).hasValue(5);
  }

  @Test
  void no_text_is_lost_or_taken_for_another_while_the_table_grows() {
    IntStream.range(0, 50_000).forEach(i -> prints.put("text " + i, i));

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
