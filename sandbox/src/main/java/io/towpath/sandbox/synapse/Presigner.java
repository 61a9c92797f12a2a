package io.towpath.sandbox.synapse;

import io.towpath.sandbox.http.Call;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes and checks URLs that are good for one method, one object and a short time. */
final class Presigner {
  /** FileHandleManagerImpl PRESIGNED_URL_EXPIRE_TIME_S. */
  static final Duration DOWNLOAD_LIFE = Duration.ofSeconds(30);

  static final Duration UPLOAD_LIFE = Duration.ofMinutes(15);

  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String SIGNATURE = "X-Amz-Signature";
  private final Supplier<URI> base;
  private final InstantSource clock;
  private final SecretKeySpec secret;

  Presigner(Supplier<URI> base, InstantSource clock) {
    this.base = base;
    this.clock = clock;
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    this.secret = new SecretKeySpec(bytes, "HmacSHA256");
  }

  /**
   * Signs a transfer.
   *
   * @param overrides further query parameters that are part of the signature
   * @param headers headers that the caller must send as given
   */
  String sign(
      String method,
      FileHandle.S3Object object,
      Duration life,
      Map<String, String> overrides,
      Map<String, String> headers) {
    Map<String, String> query = new TreeMap<>(overrides);
    query.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    query.put("X-Amz-Date", AMZ_DATE.format(clock.instant()));
    query.put("X-Amz-Expires", Long.toString(life.toSeconds()));
    TreeMap<String, String> lowerCase = new TreeMap<>(Map.of("host", ""));
    headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));
    query.put("X-Amz-SignedHeaders", String.join(";", lowerCase.keySet()));
    lowerCase.remove("host");
    query.put(SIGNATURE, signature(method, object, query, lowerCase));
    StringBuilder url = new StringBuilder(base.get().toString().replaceAll("/+$", ""));
    url.append("/presigned/").append(encode(object.bucket())).append('/');
    url.append(encodePath(object.key())).append('?');
    query.forEach(
        (name, value) -> url.append(encode(name)).append('=').append(encode(value)).append('&'));
    url.setLength(url.length() - 1);
    return url.toString();
  }

  /** Whether a transfer may begin, in S3's words. */
  enum Verdict {
    GOOD,
    EXPIRED,
    FORGED
  }

  Verdict check(String method, FileHandle.S3Object object, Call call) {
    Map<String, String> query = new TreeMap<>();
    call.query().forEach((name, values) -> query.put(name, values.get(0)));
    String given = query.getOrDefault(SIGNATURE, "");
    query.remove(SIGNATURE);
    TreeMap<String, String> headers = new TreeMap<>();
    for (String name : List.of(query.getOrDefault("X-Amz-SignedHeaders", "host").split(";", -1))) {
      if (!name.equals("host")) {
        headers.put(name, call.header(name).orElse(""));
      }
    }
    if (!given.equals(signature(method, object, query, headers))) {
      return Verdict.FORGED;
    }
    try {
      Instant signed =
          LocalDateTime.parse(query.getOrDefault("X-Amz-Date", ""), AMZ_DATE)
              .toInstant(ZoneOffset.UTC);
      long seconds = Long.parseLong(query.getOrDefault("X-Amz-Expires", "0"));
      return clock.instant().isAfter(signed.plusSeconds(seconds)) ? Verdict.EXPIRED : Verdict.GOOD;
    } catch (DateTimeParseException | NumberFormatException unreadable) {
      return Verdict.FORGED;
    }
  }

  private String signature(
      String method,
      FileHandle.S3Object object,
      Map<String, String> query,
      Map<String, String> headers) {
    String text =
        String.join(
            "\n", method, object.bucket(), object.key(), query.toString(), headers.toString());
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Encodes the key; slashes too where collapsing them would name another object. */
  private static String encodePath(String key) {
    boolean fragile =
        key.startsWith("/")
            || key.endsWith("/")
            || key.contains("//")
            || ("/" + key + "/").matches(".*/\\.{1,2}/.*");
    String encoded = encode(key);
    return fragile ? encoded : encoded.replace("%2F", "/");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
