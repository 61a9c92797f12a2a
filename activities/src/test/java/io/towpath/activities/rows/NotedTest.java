package io.towpath.activities.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NotedTest {
  private final Noted noted = new Noted(2);

  @Test
  void the_first_are_named_and_the_others_counted() {
    assertThat(noted.isEmpty()).isTrue();
    List.of("a", "b").forEach(noted::add);
    assertThat(noted.all(" in s.csv")).containsExactly("a", "b");
    List.of("c", "d", "e").forEach(noted::add);

    assertThat(noted.isEmpty()).isFalse();
    assertThat(noted.first()).containsExactly("a", "b");
    assertThat(noted.count()).isEqualTo(5);
    assertThat(noted.all(" in s.csv")).containsExactly("a", "b", "and 3 more in s.csv");
  }
}
