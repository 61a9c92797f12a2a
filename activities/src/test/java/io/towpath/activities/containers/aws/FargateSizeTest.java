package io.towpath.activities.containers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FargateSizeTest {
  @Test
  void the_smallest_pair_that_holds_both_is_taken() {
    assertThat(FargateSize.holding(256, 64)).contains(new FargateSize(256, 512));
    assertThat(FargateSize.holding(256, 1_025)).contains(new FargateSize(256, 2_048));
    assertThat(FargateSize.holding(1_024, 3_000)).contains(new FargateSize(1_024, 3_072));
    assertThat(FargateSize.holding(8_192, 17_000)).contains(new FargateSize(8_192, 20_480));
  }

  @Test
  void more_memory_takes_more_cpu() {
    assertThat(FargateSize.holding(256, 2_049)).contains(new FargateSize(512, 3_072));
    assertThat(FargateSize.holding(1_024, 31_000)).contains(new FargateSize(8_192, 32_768));
  }

  @Test
  void what_no_pair_holds_has_no_size() {
    assertThat(FargateSize.holding(16_384, 122_880)).isPresent();
    assertThat(FargateSize.holding(16_385, 64)).isEmpty();
    assertThat(FargateSize.holding(256, 122_881)).isEmpty();
  }
}
