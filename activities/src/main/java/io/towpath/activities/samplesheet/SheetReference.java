package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cell refers to. Grammar: {@code syn://synN[.V][.ext…]} anywhere, bare {@code synN[.V]} in
 * columns that are declared to hold ids, {@code sbg://<file id>}, {@code drs://host/id}, {@code
 * drs://prefix:id} and {@code https://}, which are staged, and {@code s3://}, which stays where it
 * is. After {@code synN.} a number is the version, and anything that is no number is a decorative
 * extension, which means nothing.
 *
 * @param id the file to stage, of a {@link Kind#FILE} cell
 * @param inPlace the object or prefix, of an {@link Kind#IN_PLACE} cell
 * @param problem what is wrong; empty unless {@link Kind#WRONG}
 */
record SheetReference(Kind kind, Optional<SourceId> id, Optional<S3Uri> inPlace, String problem) {

  /** What a cell holds. */
  enum Kind {
    /** No reference to a file. */
    NONE,
    /** A file that pipelines read where it is. */
    IN_PLACE,
    /** A file that is staged. */
    FILE,
    /** Something that was meant to be a reference. */
    WRONG
  }

  static final SheetReference NOTHING =
      new SheetReference(Kind.NONE, Optional.empty(), Optional.empty(), "");

  private static final Pattern DECORATED =
      Pattern.compile("syn://(syn\\d+)(?:\\.(\\d+))?((?:\\.\\w*[A-Za-z_][\\w-]*)*)");
  private static final Pattern BARE = Pattern.compile("(syn\\d+)(?:\\.(\\d+))?");
  private static final Pattern SEVEN_BRIDGES = Pattern.compile("sbg://[0-9a-f]{24}");

  /** Characters of an id are plain or percent-encoded (DRS 1.5); a path may be part of it. */
  private static final Pattern DRS =
      Pattern.compile(
          "drs://[a-z0-9._-]+(/[a-z0-9._-]+)?[:/]([\\w.~/-]|%[0-9a-f]{2})+",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern DRS_HOST =
      Pattern.compile("^drs://([^/:]*(?=/))?", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST = 300;
  private static final int LONGEST_ADDRESS = 2_000;
  private static final String EXPECTED =
      "expected one reference like syn://syn123, syn://syn123.4 or syn://syn123.4.fastq.gz";

  static SheetReference file(SourceId id) {
    return new SheetReference(Kind.FILE, Optional.of(id), Optional.empty(), "");
  }

  static SheetReference read(String cell, boolean declared) {
    String text = cell.strip();
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("sbg://")) {
      return platform(
          SEVEN_BRIDGES, lower, text, "sbg:// and the 24 hex digits of a file on Seven Bridges");
    }
    if (lower.contains("drs://")) {
      return platform(DRS, withLowerHost(text), text, "drs://host/id or drs://prefix:id");
    }
    if (lower.contains("syn://")) {
      return matched(DECORATED.matcher(text), text, EXPECTED);
    }
    if (lower.startsWith("s3://")) {
      return inPlace(text);
    }
    if (lower.startsWith("https://")) {
      return address(text);
    }
    if (!declared || text.isEmpty() || lower.contains("://") || text.startsWith("/")) {
      return NOTHING;
    }
    return matched(BARE.matcher(text), text, "expected an id like syn123 or syn123.4");
  }

  /** The cell with its reference replaced; white space around it stays. */
  static String replaced(String cell, String value) {
    int begin = cell.indexOf(cell.strip());
    return cell.substring(0, begin) + value + cell.substring(begin + cell.strip().length());
  }

  private static SheetReference matched(Matcher matcher, String text, String expected) {
    if (text.length() > LONGEST || !matcher.matches()) {
      return wrong("found \"" + shown(text) + "\"; " + expected);
    }
    String version = matcher.group(2);
    try {
      return file(
          new SourceId(version == null ? matcher.group(1) : matcher.group(1) + "." + version));
    } catch (IllegalArgumentException e) {
      return wrong("found \"" + shown(text) + "\"; " + expected + ", numbers from 1");
    }
  }

  /** An id of another platform, in the one spelling that it is fetched and found again by. */
  private static SheetReference platform(Pattern form, String id, String text, String expected) {
    return text.length() <= LONGEST && form.matcher(id).matches()
        ? file(new SourceId(id))
        : wrong("found \"" + shown(text) + "\"; expected one reference, " + expected);
  }

  /** Scheme and host of a DRS URI in lower case; a prefix and an id are what they are. */
  private static String withLowerHost(String text) {
    return DRS_HOST
        .matcher(text)
        .replaceFirst(host -> Matcher.quoteReplacement(host.group().toLowerCase(Locale.ROOT)));
  }

  private static SheetReference inPlace(String text) {
    try {
      S3Uri uri = new S3Uri(text);
      if (!uri.key().isEmpty()) {
        return new SheetReference(Kind.IN_PLACE, Optional.empty(), Optional.of(uri), "");
      }
    } catch (IllegalArgumentException e) {
      return wrong(e.getMessage() + "; expected s3://bucket/key");
    }
    return wrong("found \"" + shown(text) + "\"; expected s3://bucket/key");
  }

  /** An address as it may be asked for; its query may be a signature, so no message shows it. */
  private static SheetReference address(String text) {
    String expected = "; expected https://host/path/name, percent-encoded, without a user";
    try {
      URI uri = new URI(text);
      boolean good =
          text.length() <= LONGEST_ADDRESS
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawFragment() == null;
      return good
          ? file(new SourceId("https" + text.substring("https".length())))
          : wrong("found \"" + unsigned(text) + "\"" + expected);
    } catch (URISyntaxException | IllegalArgumentException e) {
      return wrong("found \"" + unsigned(text) + "\"" + expected);
    }
  }

  private static String unsigned(String text) {
    return shown(text.replaceFirst("[?#].*$", "").replaceFirst("://[^/@]*@", "://…@"));
  }

  private static SheetReference wrong(String problem) {
    return new SheetReference(Kind.WRONG, Optional.empty(), Optional.empty(), problem);
  }

  private static String shown(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
