package io.towpath.activities.drs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** Addresses of objects as sheets and requests name them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DrsUriFuzzTest {
  @FuzzTest
  void any_address_names_an_object_or_is_refused(byte[] bytes) {
    try {
      DrsUri uri = DrsUri.of(new String(bytes, StandardCharsets.UTF_8));

      assertThat(uri.id().split("/", -1)).doesNotContain("", ".", "..");
      assertThat(uri.host()).doesNotContain("/", "@");
    } catch (PlatformException e) {
      assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED);
    }
  }
}
