package io.towpath.sandbox.seqera;

import io.towpath.sandbox.http.Call;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part {@code file} of a multipart form, which is all that uploads of datasets hold.
 *
 * @param latin1 the content, a character for each byte
 */
record Multipart(String fileName, String contentType, String latin1) {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern NAME = Pattern.compile("\\bname=\"?([^\";\\r\\n]*)\"?");
  private static final Pattern FILE_NAME = Pattern.compile("\\bfilename=\"?([^\";\\r\\n]*)\"?");
  private static final Pattern TYPE = Pattern.compile("(?im)^content-type:\\s*([^\\r\\n;]+)");

  /** Finds the part; Latin-1 keeps every byte of it as it is. */
  static Optional<Multipart> file(Call call) {
    Matcher boundary = BOUNDARY.matcher(call.header("content-type").orElse(""));
    if (!boundary.find()) {
      return Optional.empty();
    }
    String body = new String(call.body(), StandardCharsets.ISO_8859_1);
    for (String part : body.split(Pattern.quote("--" + boundary.group(1)), -1)) {
      int blank = part.indexOf("\r\n\r\n");
      if (blank >= 0) {
        String head = part.substring(0, blank);
        if (first(NAME, head).orElse("").equals("file")) {
          String content = part.substring(blank + 4).replaceFirst("\\r\\n$", "");
          return Optional.of(
              new Multipart(
                  first(FILE_NAME, head).orElse("samplesheet.csv"),
                  first(TYPE, head).orElse("").strip().toLowerCase(Locale.ROOT),
                  content));
        }
      }
    }
    return Optional.empty();
  }

  byte[] content() {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
