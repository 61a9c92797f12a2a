package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverterException;
import io.towpath.workflows.payload.PayloadEncryption;
import io.towpath.workflows.payload.PayloadKeys;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** Payloads that somebody else may have put into Temporal. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PayloadFuzzTest {
  private static final PayloadEncryption CODEC =
      new PayloadEncryption(
          PayloadKeys.read(
              "k=env:KEY", reference -> Base64.getEncoder().encodeToString(new byte[32])));

  @FuzzTest
  void any_payload_is_itself_again_after_encryption(byte[] bytes) {
    Payload plain = Payload.newBuilder().setData(ByteString.copyFrom(bytes)).build();

    List<Payload> sealed = CODEC.encode(List.of(plain));
    assertThat(sealed).doesNotContain(plain);
    assertThat(CODEC.decode(sealed)).containsExactly(plain);
  }

  @FuzzTest
  void any_envelope_that_we_did_not_seal_is_refused_or_left_as_it_is(byte[] bytes) {
    Payload payload;
    try {
      payload = Payload.parseFrom(bytes);
    } catch (InvalidProtocolBufferException noPayload) {
      payload =
          Payload.newBuilder()
              .putMetadata("encoding", ByteString.copyFromUtf8("binary/encrypted"))
              .putMetadata("encryption-key-id", ByteString.copyFromUtf8("k"))
              .setData(ByteString.copyFrom(bytes))
              .build();
    }
    try {
      assertThat(CODEC.decode(List.of(payload))).containsExactly(payload);
    } catch (DataConverterException e) {
      assertThat(e).message().isNotBlank();
    }
  }
}
