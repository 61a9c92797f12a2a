package io.towpath.workflows.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import io.towpath.workflows.TowpathDataConverter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PayloadEncryptionTest {
  private static final String SECRET = "nobody may read this";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("OLD", key(1), "NEW", key(2), "SHORT", "AAAA", "WORDS", "not base64!");

  private final DataConverter old = TowpathDataConverter.create(keys("old=env:OLD"));
  private final DataConverter rotated =
      TowpathDataConverter.create(keys("new=env:NEW,old=env:OLD"));
  private final DataConverter plain = TowpathDataConverter.create();

  @Test
  void what_is_stored_tells_its_key_and_nothing_else() {
    Payload stored = old.toPayload(SECRET).orElseThrow();

    assertThat(stored.toByteString().toString(StandardCharsets.ISO_8859_1))
        .contains("binary/encrypted")
        .contains("old")
        .doesNotContain(SECRET)
        .doesNotContain("json/plain");
    assertThat(old.fromPayload(stored, String.class, String.class)).isEqualTo(SECRET);
    assertThat(old.toPayload(SECRET).orElseThrow().getData())
        .as("the same text twice")
        .isNotEqualTo(stored.getData());
  }

  @Test
  void a_new_key_encrypts_while_the_old_one_still_decrypts() {
    Payload before = old.toPayload(SECRET).orElseThrow();
    Payload after = rotated.toPayload(SECRET).orElseThrow();

    assertThat(rotated.fromPayload(before, String.class, String.class)).isEqualTo(SECRET);
    assertThat(rotated.fromPayload(after, String.class, String.class)).isEqualTo(SECRET);
    assertThat(after.getMetadataOrThrow("encryption-key-id").toStringUtf8()).isEqualTo("new");
    assertThatExceptionOfType(PayloadKeyMissing.class)
        .isThrownBy(() -> old.fromPayload(after, String.class, String.class))
        .withMessageContaining("\"new\"")
        .withMessageContaining("TOWPATH_PAYLOAD_KEYS");
  }

  @Test
  void what_was_stored_before_encryption_is_read_as_it_is() {
    Payload stored = plain.toPayload(SECRET).orElseThrow();

    assertThat(old.fromPayload(stored, String.class, String.class)).isEqualTo(SECRET);
  }

  @Test
  void without_keys_nothing_changes_and_what_is_encrypted_asks_for_its_key() {
    Payload stored = old.toPayload(SECRET).orElseThrow();

    assertThat(plain.toPayload(SECRET).orElseThrow().getData().toStringUtf8()).contains(SECRET);
    assertThatExceptionOfType(PayloadKeyMissing.class)
        .isThrownBy(() -> plain.fromPayload(stored, String.class, String.class));
  }

  @Test
  void a_changed_payload_is_not_read() {
    Payload stored = old.toPayload(SECRET).orElseThrow();
    byte[] data = stored.getData().toByteArray();
    data[data.length - 1] ^= 1;
    Payload changed =
        stored.toBuilder().setData(com.google.protobuf.ByteString.copyFrom(data)).build();
    Payload cut = stored.toBuilder().setData(stored.getData().substring(0, 5)).build();

    for (Payload wrong : List.of(changed, cut)) {
      assertThatExceptionOfType(DataConverterException.class)
          .isThrownBy(() -> old.fromPayload(wrong, String.class, String.class))
          .withMessageContaining("does not decrypt with key old");
    }
  }

  @Test
  void messages_of_failures_are_encrypted_and_their_types_are_not() {
    var failure = ApplicationFailure.newNonRetryableFailure(SECRET, "INPUT_REJECTED");
    var stored = old.exceptionToFailure(failure);

    assertThat(stored.toByteString().toString(StandardCharsets.ISO_8859_1))
        .doesNotContain(SECRET)
        .contains("INPUT_REJECTED");
    assertThat(old.failureToException(stored)).hasMessageContaining(SECRET);
    assertThat(plain.exceptionToFailure(failure).getMessage()).isEqualTo(SECRET);
  }

  @Test
  void every_problem_of_the_setting_is_told_at_once_and_no_key() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () ->
                keys("a=env:SHORT,b=env:WORDS,a=env:OLD,c=" + key(3) + ",d=file:/gone,=env:OLD,e"))
        .withMessageContaining("key a: env:SHORT holds 3 bytes")
        .withMessageContaining("key b: env:WORDS holds no Base64")
        .withMessageContaining("key c: it must be a reference")
        .withMessageContaining("key d: /gone is not there")
        .withMessageContaining("\"\" is no key id")
        .withMessageContaining("openssl rand -base64 32")
        .withMessageNotContaining(key(3));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> keys("a=env:OLD,a=env:NEW"))
        .withMessageContaining("key id a is named twice");
  }

  private static PayloadKeys keys(String setting) {
    Map<String, String> environment = new java.util.TreeMap<>(ENVIRONMENT);
    environment.put(PayloadKeys.SETTING, setting);
    return PayloadKeys.read(
        environment,
        path -> {
          throw new IllegalArgumentException(path + " is not there");
        });
  }

  private static String key(int filling) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) filling);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
