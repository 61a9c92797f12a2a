package io.towpath.activities.drs;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A DRS URI, {@code drs://host/id} or {@code drs://[provider/]prefix:accession}. It comes from a
 * sheet, so it may lead to nothing of a server but its objects.
 *
 * @param host empty of a compact identifier, which names no server
 * @param id the object's id, decoded: {@code prefix/accession} of a compact identifier
 * @see <a href="https://github.com/ga4gh/data-repository-service-schemas">DRS 1.5</a>
 */
record DrsUri(String host, String id) {
  private static final Pattern COMPACT =
      Pattern.compile("drs://(?:[A-Za-z0-9._-]+/)?([A-Za-z0-9._-]+):(.+)");
  private static final Pattern HOST = Pattern.compile("drs://([A-Za-z0-9.-]+)/(.+)");

  /** What an id is made of; no part of it is . or .. or empty. Possessive, as it may be long. */
  private static final Pattern ID =
      Pattern.compile("(?!\\.\\.?(?:/|$))[\\w.~:-]++(?:/(?!\\.\\.?(?:/|$))[\\w.~:-]++)*+");

  /** Fails with {@code INPUT_REJECTED}. */
  static DrsUri of(String uri) {
    Matcher compact = COMPACT.matcher(uri);
    if (compact.matches()) {
      return checked(uri, "", compact.group(1) + "/" + decoded(compact.group(2)));
    }
    Matcher named = HOST.matcher(uri);
    return checked(
        uri, named.matches() ? named.group(1) : "", named.matches() ? decoded(named.group(2)) : "");
  }

  boolean isCompact() {
    return host.isEmpty();
  }

  private static DrsUri checked(String uri, String host, String id) {
    if (!ID.matcher(id).matches()) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED, uri + " is neither drs://host/id nor drs://prefix:id");
    }
    return new DrsUri(host, id);
  }

  /** Decoded; nothing where it is no percent-encoding, which names no object either. */
  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException half) {
      return "";
    }
  }
}
