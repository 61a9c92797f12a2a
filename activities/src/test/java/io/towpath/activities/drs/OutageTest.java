package io.towpath.activities.drs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OutageTest {
  private final Outage outage = new Outage(2);

  @Test
  void some_unclear_answers_in_a_row_stop_the_page_for_a_while() {
    outage.unclear();
    assertThatNoException().isThrownBy(outage::requireNone);
    outage.unclear();

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(outage::requireNone)
        .satisfies(
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE);
              assertThat(e.retryAfter()).contains(Duration.ofMinutes(5));
            });
  }

  @Test
  void a_clear_answer_ends_the_row() {
    outage.unclear();
    outage.clear();
    outage.unclear();

    assertThatNoException().isThrownBy(outage::requireNone);
  }
}
