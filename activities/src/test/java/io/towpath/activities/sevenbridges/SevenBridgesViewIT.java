package io.towpath.activities.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.samples.PlatformView.Listing;
import io.towpath.activities.samples.PlatformView.VolumeObject;
import io.towpath.activities.submit.Attempt;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class SevenBridgesViewIT {
  @AutoClose private final SevenBridgesSandbox sandbox = new SevenBridgesSandbox();
  private final AtomicInteger heartbeats = new AtomicInteger();
  private final SevenBridgesView view =
      new SevenBridgesView(
          sandbox.accounts(),
          () -> new Attempt(1, Duration.ofMinutes(1), heartbeats::incrementAndGet));
  private final String volume =
      sandbox.seed.volume("ro", SevenBridgesSandbox.BUCKET, "reads", false);

  @Test
  void an_app_is_shown_as_its_cwl() {
    String app =
        sandbox.seed.app(
            sandbox.seed.publicProject("publisher"),
            "tool",
            Apps.withInputs("[{'id':'reads','type':'File[]'}]"));

    assertThat(view.app("default", app + "/0").path("inputs").path(0).path("id").asText())
        .isEqualTo("reads");
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> view.app("default", app + "/9"))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED));
  }

  @Test
  void a_volume_is_listed_page_by_page_with_sizes() {
    for (int i = 0; i < 250; i++) {
      sandbox.put("reads/run1/r" + i + ".fq", "reads");
    }
    sandbox.put("reads/run1/deeper/x.fq", "reads");

    Listing listing = view.list("default", volume, "run1/", 10);

    assertThat(listing.complete()).isTrue();
    assertThat(listing.pages()).isEqualTo(3);
    assertThat(heartbeats).hasValue(3);
    assertThat(listing.objects())
        .hasSize(250)
        .contains(new VolumeObject("run1/r7.fq", OptionalLong.of(5)));
  }

  @Test
  void a_long_listing_is_given_up_after_the_pages_that_it_may_cost() {
    for (int i = 0; i < 120; i++) {
      sandbox.put("reads/run2/r" + i + ".fq", "reads");
    }

    Listing listing = view.list("default", volume, "run2/", 1);

    assertThat(listing.complete()).isFalse();
    assertThat(listing.objects()).hasSize(100);
  }
}
