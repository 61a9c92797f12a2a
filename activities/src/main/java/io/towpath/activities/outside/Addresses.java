package io.towpath.activities.outside;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.SourceId;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;

/** Looks at files behind {@code https://} without getting them: the first byte is asked for. */
public final class Addresses {
  /** Files up to this size are read in one go, larger ones in parts. */
  static final long READ_WHOLE = 8L << 20;

  private static final Pattern TOTAL = Pattern.compile("bytes (?:\\*|\\d+-\\d+)/(\\d{1,18})");

  private final OpenInternet internet;

  public Addresses(OpenInternet internet) {
    this.internet = internet;
  }

  /** What is there now. Silence is a failure that is tried again; a refusal is a problem. */
  public OutsideLook look(SourceId address) {
    try (Response answer = internet.get(address.value(), 0, 0)) {
      return judged(address, answer);
    } catch (PlatformException e) {
      return OutsideLook.wrong(address + " cannot be fetched: " + e.getMessage());
    } catch (IOException e) {
      throw unavailable(address, e.getClass().getSimpleName());
    }
  }

  /** What an answer says of the version of its bytes: an ETag, else a date; empty for neither. */
  public static String versionOf(Response answer) {
    String etag = Optional.ofNullable(answer.header("ETag")).orElse("");
    return etag.isEmpty() ? Optional.ofNullable(answer.header("Last-Modified")).orElse("") : etag;
  }

  private static OutsideLook judged(SourceId address, Response answer) {
    int status = answer.code();
    if (status == 408 || status == 429 || status >= 500) {
      throw unavailable(address, "HTTP " + status);
    }
    long size = size(answer);
    if (status != 200 && status != 206 && !(status == 416 && size == 0)) {
      return OutsideLook.wrong(address + " cannot be fetched: HTTP " + status + advice(status));
    }
    if (size < 0) {
      return OutsideLook.wrong(
          address + " does not say how long it is; store the file in Synapse or S3");
    }
    if (status == 200 && size > READ_WHOLE) {
      return OutsideLook.wrong(
          address
              + " has "
              + size
              + " bytes, and its server sends no parts of files (HTTP 200 to a range); store the"
              + " file in Synapse or S3");
    }
    String name = name(address);
    if (name.isEmpty()) {
      return OutsideLook.wrong(address + " ends in no file name; expected https://host/path/name");
    }
    String version = versionOf(answer);
    FileRef file =
        new FileRef(
            address, name, "", version, size, Optional.empty(), Optional.empty(), Optional.empty());
    return new OutsideLook(
        Optional.of(file),
        "",
        version.isEmpty()
            ? List.of(address + " tells no version (ETag or date), so it is fetched every time")
            : List.of());
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
      case 401, 403 -> "; it must be public, or its signature still good";
      case 404, 410 -> "; nothing is there";
      default -> "";
    };
  }

  /** The last part of the path, decoded. */
  private static String name(SourceId address) {
    String path = address.toString().replaceFirst("^https://[^/]*", "");
    String last = path.substring(path.lastIndexOf('/') + 1);
    try {
      return URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return last;
    }
  }

  private static PlatformException unavailable(SourceId address, String what) {
    return new PlatformException(
        FailureKind.PLATFORM_UNAVAILABLE,
        address + " gives no answer: " + what,
        0,
        Optional.empty(),
        null);
  }
}
