package io.towpath.activities.drs;

import io.towpath.workflows.drs.DrsActivities.MintRules;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * What makes an object the one that an id stands for: its bytes and its place. Only the first
 * checksum counts: one that is known tomorrow must not make another id. The same bytes at two
 * places are two objects.
 *
 * @param checksum lower-case hex MD5, or {@code etag:} and the ETag where that must do
 * @param url {@code s3://bucket/key} as it is, nothing encoded
 */
record ObjectIdentity(String checksum, long sizeBytes, S3Uri url) {
  /** The namespace of all UUIDs made here; it never changes, or every object gets a second id. */
  private static final UUID NAMESPACE = UUID.fromString("6f1d5a2e-3c0b-5d43-9a54-0b7f5c1e8d21");

  /** Which object a file is; empty where its place or every checksum that may count is unknown. */
  static Optional<ObjectIdentity> of(MintFile file, MintRules rules) {
    Optional<String> etag =
        rules.checksums().contains(MintFile.ETAG)
            ? file.checksum(MintFile.ETAG).map(known -> "etag:" + known)
            : Optional.empty();
    return file.checksum(MintFile.MD5)
        .or(() -> etag)
        .flatMap(
            checksum ->
                file.object().map(url -> new ObjectIdentity(checksum, file.sizeBytes(), url)));
  }

  private String text() {
    return checksum + "|" + sizeBytes + "|" + url;
  }

  /** Names the object in the ledger. */
  String digest() {
    return HexFormat.of().formatHex(Sha256.of(text()));
  }

  /** Names the object on a server that lets us choose: UUID version 5 (RFC 9562). */
  UUID uuid() {
    ByteBuffer space = ByteBuffer.allocate(16);
    space.putLong(NAMESPACE.getMostSignificantBits());
    space.putLong(NAMESPACE.getLeastSignificantBits());
    MessageDigest sha1 = sha1();
    sha1.update(space.array());
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest(text().getBytes(StandardCharsets.UTF_8)));
    long high = (hash.getLong() & ~0xF000L) | 0x5000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
