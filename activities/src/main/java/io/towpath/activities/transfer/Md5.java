package io.towpath.activities.transfer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** MD5, because it is what Synapse states and what plain ETags are. */
final class Md5 {
  static final String OF_NOTHING = "d41d8cd98f00b204e9800998ecf8427e";
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  private final MessageDigest digest;

  Md5() {
    try {
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  static String of(byte[] bytes, int length) {
    Md5 md5 = new Md5();
    md5.update(bytes, length);
    return md5.hex();
  }

  void update(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
  }

  /** The digest; nothing can be added after this. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** An ETag or metadata value without quotes, in lower case; empty for none. */
  static String plain(@Nullable String value) {
    return value == null ? "" : value.replace("\"", "").toLowerCase(Locale.ROOT);
  }

  /** Whether a text has the form of an MD5. A multipart ETag, {@code …-5}, has not. */
  static boolean is(String text) {
    return FORM.matcher(text).matches();
  }
}
