package io.towpath.sandbox.synapse;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One byte range of an object, both ends inclusive, as S3 understands the header. */
record ByteRange(long first, long last) {
  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** The range asked for; empty when there is none or S3 would ignore it. */
  static Optional<ByteRange> of(Optional<String> header, long size) {
    Matcher matcher = SINGLE.matcher(header.orElse("").strip());
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (matcher.group(1).isEmpty()) {
      long suffix = Long.parseLong(matcher.group(2));
      return Optional.of(
          suffix == 0 ? new ByteRange(0, -1) : new ByteRange(Math.max(0, size - suffix), size - 1));
    }
    long first = Long.parseLong(matcher.group(1));
    long last =
        matcher.group(2).isEmpty()
            ? size - 1
            : Math.min(size - 1, Long.parseLong(matcher.group(2)));
    boolean reversed = !matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < first;
    return reversed ? Optional.empty() : Optional.of(new ByteRange(first, last));
  }

  boolean isUnsatisfiable() {
    return first > last;
  }

  long length() {
    return last - first + 1;
  }

  String contentRange(long size) {
    return "bytes " + first + "-" + last + "/" + size;
  }
}
