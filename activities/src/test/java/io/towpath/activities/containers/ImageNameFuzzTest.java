package io.towpath.activities.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** Images as requests name them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ImageNameFuzzTest {
  @FuzzTest
  void any_name_is_an_image_or_is_refused(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      ImageName image = ImageName.of(text);

      assertThat(ImageName.of(image.host() + "/" + image.path() + ":" + image.tag()).path())
          .isEqualTo(image.path());
      assertThat(text).startsWith(ImageName.withoutTag(text));
    } catch (PlatformException e) {
      assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED);
    }
  }
}
