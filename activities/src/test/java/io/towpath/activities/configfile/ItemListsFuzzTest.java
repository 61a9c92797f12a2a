package io.towpath.activities.configfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.towpath.activities.configfile.ItemLists.Unreadable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** Configuration files as a stranger may write them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ItemListsFuzzTest {
  @FuzzTest
  void any_file_is_lists_of_names_or_unreadable(byte[] bytes) {
    try {
      ItemLists lists = ItemLists.of(bytes);

      assertThat(lists.at("datasets[*].keys")).doesNotContainNull();
      assertThat(lists.at("datasets")).doesNotContainNull();
    } catch (Unreadable e) {
      assertThat(e).message().isNotBlank();
    }
  }
}
