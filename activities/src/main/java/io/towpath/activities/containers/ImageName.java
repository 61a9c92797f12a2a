package io.towpath.activities.containers;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image, as Docker reads it: without a host it lies on Docker Hub, without a tag it
 * is {@code latest}.
 *
 * @param host host and port of the registry
 * @param path repository there
 * @param tag ignored where there is a digest
 * @param digest {@code sha256:…}
 */
record ImageName(String host, String path, String tag, Optional<String> digest) {
  private static final String HUB = "registry-1.docker.io";

  /** Possessive, as a request may name something very long. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?:((?=[^/]*[.:]|localhost/)[A-Za-z0-9.-]+(?::\\d+)?)/)?"
              + "([a-z0-9]++(?:[._-]++[a-z0-9]++)*+(?:/[a-z0-9]++(?:[._-]++[a-z0-9]++)*+)*+)"
              + "(?::([A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?");

  static ImageName of(String image) {
    Matcher matcher = FORM.matcher(image);
    if (!matcher.matches()) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "\""
              + image
              + "\" is no image; expected [host[:port]/]name[:tag] or name@sha256:<digest>");
    }
    Optional<String> host =
        Optional.ofNullable(matcher.group(1)).filter(named -> !named.equals("docker.io"));
    String path = matcher.group(2);
    return new ImageName(
        host.orElse(HUB),
        host.isEmpty() && path.indexOf('/') < 0 ? "library/" + path : path,
        Optional.ofNullable(matcher.group(3)).orElse("latest"),
        Optional.ofNullable(matcher.group(4)));
  }

  boolean onHub() {
    return host.equals(HUB);
  }

  /** The image as it was named, without its tag. */
  static String withoutTag(String image) {
    return image.replaceFirst("@.*$", "").replaceFirst(":[^/:]*$", "");
  }
}
