package io.towpath.activities.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RecentRowsTest {
  @Test
  void of_very_many_rows_the_newest_are_kept_and_the_last_word_counts() {
    RecentRows<String> rows = new RecentRows<>(String.class, 2, Duration.ofDays(1));
    rows.put("a", "1");
    rows.put("b", "2");
    rows.put("b", "3");

    assertThat(rows.get("a")).contains("1");
    assertThat(rows.get("b")).contains("3");
    rows.put("c", "4");
    assertThat(rows.get("a")).isEmpty();
    assertThat(rows.get("b")).contains("3");
    assertThat(rows.get("c")).contains("4");
  }

  @Test
  void a_row_whose_time_is_over_is_not_told() {
    RecentRows<String> rows = new RecentRows<>(String.class, 2, Duration.ZERO);
    rows.put("a", "1");

    assertThat(rows.get("a")).isEmpty();
  }
}
