package io.towpath.proof.check;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 of a GET without a body.
 *
 * @param secret never shown
 */
record Signature(String id, String secret, String region) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String SIGNED = "host;x-amz-content-sha256;x-amz-date";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /**
   * The headers to send.
   *
   * @param path percent-encoded
   * @param query percent-encoded and sorted
   */
  Map<String, String> headers(String host, String path, String query) {
    Instant now = Clock.systemUTC().instant();
    String time = TIME.format(now);
    String day = time.substring(0, 8);
    String nothing = Digest.sha256(new byte[0]);
    String canonical =
        String.join(
            "\n",
            "GET",
            path,
            query,
            "host:" + host,
            "x-amz-content-sha256:" + nothing,
            "x-amz-date:" + time,
            "",
            SIGNED,
            nothing);
    String scope = day + "/" + region + "/s3/aws4_request";
    String toSign = String.join("\n", ALGORITHM, time, scope, Digest.sha256(bytes(canonical)));
    String signature = HexFormat.of().formatHex(hmac(key(day), toSign));
    return Map.of(
        "x-amz-date",
        time,
        "x-amz-content-sha256",
        nothing,
        "Authorization",
        ALGORITHM
            + " Credential="
            + id
            + "/"
            + scope
            + ", SignedHeaders="
            + SIGNED
            + ", Signature="
            + signature);
  }

  private byte[] key(String day) {
    byte[] key = bytes("AWS4" + secret);
    for (String part : new String[] {day, region, "s3", "aws4_request"}) {
      key = hmac(key, part);
    }
    return key;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Signature of " + id;
  }
}
