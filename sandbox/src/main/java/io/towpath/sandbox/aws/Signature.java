package io.towpath.sandbox.aws;

import io.towpath.sandbox.http.Call;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What an Authorization header of Signature Version 4 says.
 *
 * @param scope {@code DATE/REGION/SERVICE/aws4_request}
 * @param signedHeaders their names in lower case, in order
 * @param value in hex
 */
record Signature(String keyId, String scope, List<String> signedHeaders, String value) {
  private static final Pattern HEADER =
      Pattern.compile(
          "AWS4-HMAC-SHA256\\s+Credential=([^/,]+)/([^,]+),\\s*SignedHeaders=([^,]+),"
              + "\\s*Signature=([0-9a-f]{64})\\s*");

  static Optional<Signature> of(Call call) {
    return call.header("authorization")
        .map(HEADER::matcher)
        .filter(Matcher::matches)
        .map(
            found ->
                new Signature(
                    found.group(1),
                    found.group(2),
                    List.of(found.group(3).split(";", -1)),
                    found.group(4)));
  }

  /** Whether the secret key made it for this call, with its body. */
  boolean fits(Call call, String secret) {
    String text =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            call.header("x-amz-date").orElse(""),
            scope,
            sha256(canonical(call).getBytes(StandardCharsets.UTF_8)));
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    return MessageDigest.isEqual(hmac(key, text), HexFormat.of().parseHex(value));
  }

  private String canonical(Call call) {
    String headers =
        signedHeaders.stream()
            .map(name -> name + ":" + values(call, name) + "\n")
            .collect(Collectors.joining());
    String payload = call.header("x-amz-content-sha256").orElseGet(() -> sha256(call.body()));
    return String.join(
        "\n",
        call.method(),
        call.rawPath().replace("%", "%25"),
        "",
        headers,
        String.join(";", signedHeaders),
        payload);
  }

  private static String values(Call call, String name) {
    return call.headers().getOrDefault(name, List.of()).stream()
        .map(value -> value.strip().replaceAll(" +", " "))
        .collect(Collectors.joining(","));
  }

  /** Whether it was made for this service and region. */
  boolean isFor(String region, String service) {
    List<String> parts = Arrays.asList(scope.split("/", -1));
    return parts.size() == 4 && parts.subList(1, 3).equals(List.of(region, service));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JRE has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JRE has HMAC", e);
    }
  }
}
