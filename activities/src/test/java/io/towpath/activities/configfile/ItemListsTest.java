package io.towpath.activities.configfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ItemListsTest {
  private static final String CONFIG =
      """
      destination: &dest syn12177492
      teams: [alpha, beta]
      datasets:
        - genes:
            files: [{name: genes, id: syn1.1, format: csv}]
            destination: *dest
        - scores:
            files: [{name: scores, id: syn2.5, format: tsv}]
      again: *dest
      releases:
        "2026.07": {notes: first}
      """;

  @Test
  void keys_of_each_entry_are_the_items_in_the_order_of_the_file() throws Exception {
    assertThat(at("datasets[*].keys")).containsExactly("genes", "scores");
    assertThat(at("again")).containsExactly("syn12177492");
    assertThat(at("teams")).containsExactly("alpha", "beta");
    assertThat(at("releases.keys")).containsExactly("2026.07");
  }

  @Test
  void a_path_that_leads_nowhere_or_to_objects_is_told() {
    assertThatThrownBy(() -> at("dataset[*].keys")).hasMessage("has nothing at dataset[*].keys");
    assertThatThrownBy(() -> at("datasets")).hasMessageContaining("write datasets.keys");
    assertThatThrownBy(() -> at("$..x")).hasMessageContaining("is no path");
  }

  @Test
  void a_name_that_stands_twice_in_an_object_is_refused() {
    assertThatThrownBy(() -> read("a: 1\na: 2\n").at("a")).hasMessageContaining("is no YAML");
  }

  @Test
  void a_file_that_grows_without_bound_is_refused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 300; i++) {
      bomb.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
    }

    assertThatThrownBy(() -> read(bomb + "last: *a299\n").at("last"))
        .isInstanceOf(ItemLists.Unreadable.class);
  }

  @Test
  void a_list_that_no_payload_has_room_for_is_refused() {
    String many = "items: [" + "a, ".repeat(300) + "a]";

    assertThatThrownBy(() -> read(many).at("items")).hasMessageContaining("more than 200 items");
  }

  private static List<String> at(String path) throws ItemLists.Unreadable {
    return read(CONFIG).at(path);
  }

  private static ItemLists read(String text) throws ItemLists.Unreadable {
    return ItemLists.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
