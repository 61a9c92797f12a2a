package io.towpath.activities.drs;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How dids and the URIs of an indexd look.
 *
 * @param prefix what dids begin with, {@code dg.4503/}; may be empty
 * @param uriBase what URIs begin with: {@code drs://dg.4503:} of a compact identifier, or {@code
 *     drs://host/}
 */
record DidForm(String prefix, String uriBase) {
  private static final Pattern COMPACT =
      Pattern.compile("drs://(?:[A-Za-z0-9._-]+/)?([A-Za-z0-9._-]+):");
  private static final Pattern HOST = Pattern.compile("drs://[A-Za-z0-9.-]+/");

  /** The form that a request asks for; empty where it is none. */
  static Optional<DidForm> of(String selfUriBase) {
    Matcher compact = COMPACT.matcher(selfUriBase);
    if (compact.matches()) {
      return Optional.of(new DidForm(compact.group(1) + "/", selfUriBase));
    }
    return HOST.matcher(selfUriBase).matches()
        ? Optional.of(new DidForm("", selfUriBase))
        : Optional.empty();
  }

  /** The form that a server has itself. */
  static DidForm of(String prefix, String host) {
    return prefix.isEmpty()
        ? new DidForm("", "drs://" + host + "/")
        : new DidForm(prefix, "drs://" + prefix.replaceFirst("/$", "") + ":");
  }

  String did(UUID uuid) {
    return prefix + uuid;
  }

  String uri(UUID uuid) {
    return uriBase + uuid;
  }
}
