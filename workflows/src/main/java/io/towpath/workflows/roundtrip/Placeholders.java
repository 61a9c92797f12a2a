package io.towpath.workflows.roundtrip;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Placeholders such as {@code ${self.outdir}} in parameters and index sources. */
final class Placeholders {
  static final String SAMPLE_SHEET = "${stage.samplesheet}";
  static final String OWN_OUTDIR = "${self.outdir}";

  private static final Pattern ANY = Pattern.compile("\\$\\{[^}]*}");
  private static final Pattern KNOWN =
      Pattern.compile(
          "\\$\\{(stage\\.samplesheet|self\\.outdir|runs\\.[A-Za-z0-9._-]+\\.(outdir|samples))}");
  private static final Pattern OF_RUN =
      Pattern.compile("\\$\\{runs\\.([A-Za-z0-9._-]+)\\.(?:outdir|samples)}");

  private Placeholders() {}

  static String outdirOf(String run) {
    return "${runs." + run + ".outdir}";
  }

  static String samplesOf(String run) {
    return "${runs." + run + ".samples}";
  }

  /** Names of the runs that a text refers to. */
  static List<String> runsIn(String text) {
    return OF_RUN.matcher(text).results().map(found -> found.group(1)).distinct().toList();
  }

  /** Placeholders in a value, at any depth, that name nothing. */
  static List<String> unknownIn(@Nullable Object value) {
    List<String> unknown = new ArrayList<>();
    collect(value, unknown);
    return unknown;
  }

  private static void collect(@Nullable Object value, List<String> unknown) {
    if (value instanceof String text) {
      Matcher matcher = ANY.matcher(text);
      while (matcher.find()) {
        if (!KNOWN.matcher(matcher.group()).matches()) {
          unknown.add(matcher.group());
        }
      }
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(item -> collect(item, unknown));
    } else if (value instanceof List<?> list) {
      list.forEach(item -> collect(item, unknown));
    }
  }

  /** The parameters with every placeholder replaced by what it stands for. */
  static Map<String, Object> fill(Map<String, Object> params, Map<String, String> values) {
    Map<String, Object> filled = new TreeMap<>();
    params.forEach((name, value) -> filled.put(name, fill(value, values)));
    return filled;
  }

  private static Object fill(Object value, Map<String, String> values) {
    if (value instanceof String text) {
      String filled = text;
      for (Map.Entry<String, String> entry : values.entrySet()) {
        filled = filled.replace(entry.getKey(), entry.getValue());
      }
      return filled;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new TreeMap<>();
      map.forEach((key, item) -> copy.put(String.valueOf(key), fill(item, values)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(fill(item, values)));
      return copy;
    }
    return value;
  }

  /** The text with every placeholder replaced. */
  static String fill(String text, Map<String, String> values) {
    return (String) fill((Object) text, values);
  }
}
