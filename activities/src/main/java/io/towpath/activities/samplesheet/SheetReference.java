package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.SynapseId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cell says about a file: {@code syn://synN[.V][.ext…]} in any column, bare {@code synN[.V]}
 * in declared ones. The extension is decoration, for schemas that want to see one.
 *
 * @param kind what the cell holds
 * @param id the entity, with the version if it names one; only of a {@link Kind#SYNAPSE} cell
 * @param problem what is wrong; empty unless {@link Kind#WRONG}
 */
record SheetReference(Kind kind, Optional<SynapseId> id, String problem) {
  /** What a cell holds. */
  enum Kind {
    /** No reference to a file. */
    NONE,
    /** A file that pipelines read where it is. */
    ELSEWHERE,
    /** A file in Synapse. */
    SYNAPSE,
    /** Something that was meant to be a reference. */
    WRONG
  }

  private static final Pattern DECORATED =
      Pattern.compile("syn://(syn\\d+)(?:\\.(\\d+))?((?:\\.\\w*[A-Za-z_][\\w-]*)*)");
  private static final Pattern BARE = Pattern.compile("(syn\\d+)(?:\\.(\\d+))?");
  private static final int LONGEST = 300;
  private static final String EXPECTED =
      "expected one reference like syn://syn123, syn://syn123.4 or syn://syn123.4.fastq.gz";

  static SheetReference read(String cell, boolean declared) {
    String text = cell.strip();
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("sbg://") || lower.contains("drs://")) {
      return wrong("\"" + shown(text) + "\" is not supported yet by this version; " + EXPECTED);
    }
    if (lower.contains("syn://")) {
      return matched(DECORATED.matcher(text), text, EXPECTED);
    }
    if (lower.startsWith("s3://") || lower.startsWith("https://")) {
      return new SheetReference(Kind.ELSEWHERE, Optional.empty(), "");
    }
    if (!declared || text.isEmpty() || lower.contains("://") || text.startsWith("/")) {
      return new SheetReference(Kind.NONE, Optional.empty(), "");
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
      SynapseId id =
          new SynapseId(version == null ? matcher.group(1) : matcher.group(1) + "." + version);
      return new SheetReference(Kind.SYNAPSE, Optional.of(id), "");
    } catch (IllegalArgumentException e) {
      return wrong("found \"" + shown(text) + "\"; " + expected + ", numbers from 1");
    }
  }

  private static SheetReference wrong(String problem) {
    return new SheetReference(Kind.WRONG, Optional.empty(), problem);
  }

  private static String shown(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
