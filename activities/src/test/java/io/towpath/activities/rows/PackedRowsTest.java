package io.towpath.activities.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PackedRowsTest {
  private final PackedRows<Row> rows = new PackedRows<>(Row.class);

  record Row(String name, Optional<String> more, List<String> cells) {}

  @Test
  void rows_come_back_in_order_and_by_key_as_often_as_one_likes() {
    for (int i = 0; i < 1_700; i++) {
      assertThat(rows.add("key " + i, row(i))).isTrue();
    }

    for (int time = 0; time < 2; time++) {
      List<Row> read = new ArrayList<>();
      rows.forEach(read::add);
      assertThat(read).hasSize(1_700);
      assertThat(read.get(1_234)).isEqualTo(row(1_234));
    }
    for (int i : new int[] {1_699, 0, 500, 499, 1_699}) {
      assertThat(rows.get("key " + i)).contains(row(i));
    }
    assertThat(rows.get("key 1700")).isEmpty();
  }

  @Test
  void the_first_row_of_a_key_counts() {
    rows.add("a", row(1));

    assertThat(rows.add("a", row(2))).isFalse();
    assertThat(rows.get("a")).contains(row(1));
    assertThat(rows.size()).isEqualTo(1);
  }

  @Test
  void names_that_are_no_text_are_kept_as_they_are() {
    for (int i = 0; i < 600; i++) {
      rows.add("k" + i, new Row("half \ud83d \u0000 \n \"" + i, Optional.empty(), List.of()));
    }

    assertThat(rows.get("k7")).map(Row::name).contains("half \ud83d \u0000 \n \"7");
  }

  private static Row row(int i) {
    return new Row("ü" + i, i % 2 == 0 ? Optional.of("x") : Optional.empty(), List.of("" + i));
  }
}
