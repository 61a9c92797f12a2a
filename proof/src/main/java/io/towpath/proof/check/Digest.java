package io.towpath.proof.check;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests in hexadecimal. */
final class Digest {
  private Digest() {}

  static String md5(byte[] bytes) {
    return of("MD5", bytes);
  }

  static String sha256(byte[] bytes) {
    return of("SHA-256", bytes);
  }

  private static String of(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
