package io.towpath.activities.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.store.AnyJson;
import java.nio.charset.StandardCharsets;
import okhttp3.Headers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** What Seven Bridges says when it refuses: a line of a header, and a body. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RefusalFuzzTest {
  @FuzzTest
  void any_refusal_has_a_status_words_and_perhaps_a_delay(byte[] bytes) {
    String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", 2);
    Headers.Builder headers = new Headers.Builder();
    for (String name :
        new String[] {
          "Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Date"
        }) {
      headers.addUnsafeNonAscii(name, lines[0].replaceAll("[\\x00-\\x1f\\x7f]", " ").strip());
    }
    JsonNode error =
        AnyJson.of((lines.length == 1 ? "" : lines[1]).getBytes(StandardCharsets.UTF_8));
    SevenBridgesDialect dialect = new SevenBridgesDialect();

    assertThat(dialect.words(error)).isNotNull();
    assertThat(dialect.statusOf(400, error)).isBetween(400, 503);
    assertThat(dialect.statusOf(500, error)).isEqualTo(500);
    for (int status : new int[] {400, 429, 503}) {
      dialect
          .retryAfter(status, error, headers.build())
          .ifPresent(delay -> assertThat(delay.isNegative()).isFalse());
    }
    dialect
        .quota(headers.build())
        .ifPresent(window -> assertThat(window.untilReset().isNegative()).isFalse());
  }
}
