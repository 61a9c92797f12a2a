package io.towpath.starter.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.towpath.starter.exit.Stop;
import io.towpath.workflows.model.CanonicalJson;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** Requests as a stranger may write them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RequestFileFuzzTest {
  @FuzzTest
  void any_text_is_a_request_that_json_can_say_or_is_refused_in_one_line(byte[] bytes)
      throws MalformedText {
    Map<String, Object> request;
    try {
      request = RequestFile.read("-", new ByteArrayInputStream(bytes)).request();
    } catch (Stop e) {
      assertThat(e.text()).startsWith("standard input").doesNotContain("\n");
      return;
    }
    String said = CanonicalJson.write(request);
    assertThat(CanonicalJson.write(JsonText.read(said))).isEqualTo(said);
  }
}
