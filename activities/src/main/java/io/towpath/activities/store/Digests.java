package io.towpath.activities.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of bytes, in lower-case hex. */
public final class Digests {
  private Digests() {}

  public static String sha256(byte[] bytes) {
    return hex(begin("SHA-256").digest(bytes));
  }

  public static String md5(byte[] bytes) {
    return hex(begin("MD5").digest(bytes));
  }

  static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  static MessageDigest begin(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
