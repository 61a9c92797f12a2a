package io.towpath.sandbox.image;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image as people name it, taken apart: {@code host:port/path:tag} or {@code
 * host:port/path@sha256:…}.
 *
 * @param host registry; {@code docker.io} when none is named
 * @param path repository within the registry
 * @param tag empty when only a digest is named; {@code latest} when nothing is
 */
public record ImageName(String host, String path, Optional<String> tag, Optional<String> digest) {
  private static final String HUB = "docker.io";
  private static final Pattern FORM =
      Pattern.compile(
          "(?<path>[^@]+?)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha256:[a-f0-9]{64}))?");
  private static final Pattern PATH =
      Pattern.compile(
          "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");

  /** The parts, or empty when this is no name of an image. */
  public static Optional<ImageName> parse(String text) {
    int slash = text.indexOf('/');
    String first = slash < 0 ? "" : text.substring(0, slash);
    boolean hosted = first.contains(".") || first.contains(":") || first.equals("localhost");
    Matcher rest = FORM.matcher(hosted ? text.substring(slash + 1) : text);
    if (!rest.matches() || !PATH.matcher(rest.group("path")).matches()) {
      return Optional.empty();
    }
    Optional<String> tag = Optional.ofNullable(rest.group("tag"));
    Optional<String> digest = Optional.ofNullable(rest.group("digest"));
    return Optional.of(
        new ImageName(
            hosted ? first : HUB,
            rest.group("path"),
            tag.isEmpty() && digest.isEmpty() ? Optional.of("latest") : tag,
            digest));
  }

  /** Without tag and digest, as engines write it. */
  public String repository() {
    return host.equals(HUB) ? path : host + "/" + path;
  }

  /** What a registry is asked for: the digest when there is one. */
  public String reference() {
    return digest.or(() -> tag).orElse("latest");
  }

  /** As engines write it in full. */
  public String full() {
    return digest.map(hash -> repository() + "@" + hash).orElse(repository() + ":" + reference());
  }
}
