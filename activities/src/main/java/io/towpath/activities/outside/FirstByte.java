package io.towpath.activities.outside;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.SourceId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;

/**
 * What the answer to a request for a file's first byte says of all of it.
 *
 * @param problem why the file cannot be fetched; empty when it can
 * @param version an ETag, else a date; empty for neither
 */
record FirstByte(String problem, long sizeBytes, String version) {
  /** Files up to this size are read in one go, larger ones in parts. */
  static final long READ_WHOLE = 8L << 20;

  private static final Pattern TOTAL = Pattern.compile("bytes (?:\\*|\\d+-\\d+)/(\\d{1,18})");

  /** Fails with {@code PLATFORM_UNAVAILABLE} when the answer may be another one next time. */
  static FirstByte of(SourceId source, Response answer) {
    int status = answer.code();
    if (status == 408 || status == 429 || status >= 500) {
      throw silence(source, "HTTP " + status);
    }
    long size = size(answer);
    if (status != 200 && status != 206 && !(status == 416 && size == 0)) {
      return wrong(source + " cannot be fetched: HTTP " + status + advice(status));
    }
    if (size < 0) {
      return wrong(source + " does not say how long it is; store the file in Synapse or S3");
    }
    if (status == 200 && size > READ_WHOLE) {
      return wrong(
          source
              + " has "
              + size
              + " bytes, and its server sends no parts of files (HTTP 200 to a range); store the"
              + " file in Synapse or S3");
    }
    return new FirstByte("", size, versionOf(answer));
  }

  static String versionOf(Response answer) {
    String etag = Optional.ofNullable(answer.header("ETag")).orElse("");
    return etag.isEmpty() ? Optional.ofNullable(answer.header("Last-Modified")).orElse("") : etag;
  }

  static PlatformException silence(SourceId source, String what) {
    return new PlatformException(
        FailureKind.PLATFORM_UNAVAILABLE,
        source + " gives no answer: " + what,
        0,
        Optional.empty(),
        null);
  }

  static FirstByte wrong(String problem) {
    return new FirstByte(problem, -1, "");
  }

  private static long size(Response answer) {
    if (answer.code() == 200) {
      return answer.body().contentLength();
    }
    Matcher range = TOTAL.matcher(Optional.ofNullable(answer.header("Content-Range")).orElse(""));
    return range.matches() ? Long.parseLong(range.group(1)) : -1;
  }

  private static String advice(int status) {
    return switch (status) {
      case 401, 403 ->
          "; it must be public or its signature still good, and its bytes not archived";
      case 404, 410 -> "; nothing is there";
      default -> "";
    };
  }
}
