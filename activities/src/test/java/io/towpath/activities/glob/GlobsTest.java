package io.towpath.activities.glob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.activities.http.PlatformException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class GlobsTest {
  @Test
  void without_include_everything_is_taken_and_exclude_wins() {
    assertThat(new Globs(List.of(), List.of()).take("a/b")).isTrue();
    assertThat(new Globs(List.of("**"), List.of("a/**")).take("a/b")).isFalse();
  }

  @Test
  void what_is_no_glob_is_refused() {
    assertThatThrownBy(() -> new Globs(List.of("{a,b"), List.of()))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("{a,b");
  }
}
