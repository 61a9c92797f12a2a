package io.towpath.activities.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.config.KnownSecrets;
import io.towpath.activities.config.Secret;
import io.towpath.activities.secrets.SecretReferences;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MaskedStreamTest {
  private static final String SECRET = "canary-0123456789";

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  @Test
  void a_secret_is_masked_wherever_the_writes_cut_it() throws IOException {
    for (int cut = 0; cut <= SECRET.length(); cut++) {
      kept.reset();
      try (MaskedStream masked = masked(SECRET)) {
        masked.write(bytes("it is " + SECRET.substring(0, cut)));
        masked.write(bytes(SECRET.substring(cut) + ", and\nthe end"));
      }
      assertThat(kept.toString(StandardCharsets.UTF_8)).isEqualTo("it is …, and\nthe end");
    }
  }

  @Test
  void a_line_without_an_end_is_passed_on_in_pieces_and_no_piece_has_half_a_secret()
      throws IOException {
    String filler = "x".repeat(65_530);
    try (MaskedStream masked = masked(SECRET)) {
      for (char one : (filler + SECRET + filler + SECRET).toCharArray()) {
        masked.write(one);
      }
      assertThat(kept.size()).isGreaterThan(filler.length());
    }
    assertThat(kept.toString(StandardCharsets.UTF_8)).isEqualTo(filler + "…" + filler + "…");
  }

  @Test
  void bytes_that_are_no_text_stay_as_they_are() throws IOException {
    byte[] bytes = {(byte) 0xff, (byte) 0xfe, 0, '\n', (byte) 0xc3};
    try (MaskedStream masked = masked(SECRET)) {
      masked.write(bytes);
    }
    assertThat(kept.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void the_lines_of_a_secret_are_masked_one_by_one() throws IOException {
    WorkerSecrets secrets =
        new WorkerSecrets(
            new SecretReferences(
                Map.of("KEY", "-----BEGIN KEY-----\n0123456789abcdef\n==\n"), Optional.empty()),
            Set.of("KEY"));
    KnownSecrets known =
        new KnownSecrets(List.of())
            .and(secrets.known(Map.of("KEY", "env:KEY", "OTHER", "env:NOT_GIVEN")));
    try (MaskedStream masked = new MaskedStream(kept, known)) {
      masked.write(bytes("key: 0123456789abcdef ==\n"));
    }
    assertThat(kept.toString(StandardCharsets.UTF_8)).isEqualTo("key: … ==\n");
  }

  private MaskedStream masked(String secret) {
    return new MaskedStream(kept, new KnownSecrets(List.of(new Secret(secret))));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
