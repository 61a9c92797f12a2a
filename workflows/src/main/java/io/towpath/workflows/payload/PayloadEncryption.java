package io.towpath.workflows.payload;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverterException;
import io.temporal.payload.codec.PayloadCodec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts payloads by AES-256-GCM. A payload names its key, so that runs in flight outlive a
 * rotation: the new key encrypts, the old one stays until what it encrypted is beyond retention.
 * What is not encrypted is read as it is: starts by the Temporal CLI, and histories from before.
 *
 * <p>Layout: metadata {@code encoding: binary/encrypted} and {@code encryption-key-id}, data = 12
 * bytes of nonce, then ciphertext and tag of the whole payload message. The key's id is
 * authenticated with it.
 */
public final class PayloadEncryption implements PayloadCodec {
  private static final String ENCODING = "encoding";
  private static final String KEY_ID = "encryption-key-id";
  private static final ByteString ENCRYPTED = ByteString.copyFromUtf8("binary/encrypted");
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final PayloadKeys keys;

  public PayloadEncryption(PayloadKeys keys) {
    this.keys = keys;
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return keys.current()
        .map(id -> payloads.stream().map(payload -> encrypted(id, payload)).toList())
        .orElse(payloads);
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads.stream().map(this::decrypted).toList();
  }

  private Payload encrypted(String id, Payload plain) {
    if (isEncrypted(plain)) {
      return plain;
    }
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.ENCRYPT_MODE, keys.key(id).orElseThrow());
      cipher.updateAAD(id.getBytes(StandardCharsets.UTF_8));
      byte[] sealed = cipher.doFinal(plain.toByteArray());
      return Payload.newBuilder()
          .putAllMetadata(Map.of(ENCODING, ENCRYPTED, KEY_ID, ByteString.copyFromUtf8(id)))
          .setData(ByteString.copyFrom(cipher.getIV()).concat(ByteString.copyFrom(sealed)))
          .build();
    } catch (GeneralSecurityException e) {
      throw new DataConverterException("a payload cannot be encrypted with key " + id, e);
    }
  }

  private Payload decrypted(Payload payload) {
    if (!isEncrypted(payload)) {
      return payload;
    }
    String id = payload.getMetadataOrDefault(KEY_ID, ByteString.EMPTY).toStringUtf8();
    SecretKey key = keys.key(id).orElseThrow(() -> new PayloadKeyMissing(id));
    byte[] data = payload.getData().toByteArray();
    try {
      if (data.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
        throw new AEADBadTagException("too short");
      }
      Cipher cipher = Cipher.getInstance(CIPHER);
      byte[] nonce = Arrays.copyOf(data, NONCE_BYTES);
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(id.getBytes(StandardCharsets.UTF_8));
      return Payload.parseFrom(cipher.doFinal(data, NONCE_BYTES, data.length - NONCE_BYTES));
    } catch (GeneralSecurityException | InvalidProtocolBufferException e) {
      throw new DataConverterException(
          "a payload does not decrypt with key "
              + id
              + ": another key of that id made it, or it was changed",
          e);
    }
  }

  private static boolean isEncrypted(Payload payload) {
    return ENCRYPTED.equals(payload.getMetadataOrDefault(ENCODING, ByteString.EMPTY));
  }
}
