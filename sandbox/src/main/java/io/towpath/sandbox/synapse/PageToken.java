package io.towpath.sandbox.synapse;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Synapse's {@code <limit>a<offset>}: paging by offset, so rows may be skipped or repeated. */
record PageToken(long limit, long offset) {
  private static final long PAGE = 50;
  private static final Pattern FORM = Pattern.compile("(\\d{1,4})a(\\d{1,12})");

  static PageToken of(Optional<String> text) {
    if (text.isEmpty()) {
      return new PageToken(PAGE, 0);
    }
    Matcher matcher = FORM.matcher(text.get());
    if (!matcher.matches()) {
      throw Refusals.badRequest("Invalid nextPageToken: " + text.get());
    }
    long limit = Long.parseLong(matcher.group(1));
    if (limit > PAGE) {
      throw Refusals.badRequest("Cannot exceed the max limit of " + PAGE);
    }
    return new PageToken(limit, Long.parseLong(matcher.group(2)));
  }

  String next() {
    return limit + "a" + (offset + limit);
  }
}
