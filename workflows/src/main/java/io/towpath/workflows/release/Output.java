package io.towpath.workflows.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program says that it made, in lines of their own among the last that it wrote: {@code
 * towpath-output syn123.4}, then where it knows them an MD5 and {@code new} or {@code unchanged}.
 */
final class Output {
  private static final Pattern LINE =
      Pattern.compile(
          "(?m)^towpath-output (syn[1-9]\\d{0,18})\\.([1-9]\\d{0,17})(?: ([0-9a-f]{32}))?"
              + "(?: (new|unchanged))?\\s*$");

  private Output() {}

  /** As the report tells it; a program that says nothing has none. */
  static List<Map<String, Object>> told(String log) {
    List<Map<String, Object>> outputs = new ArrayList<>();
    Matcher line = LINE.matcher(log);
    while (line.find()) {
      Map<String, Object> output = new TreeMap<>();
      output.put("synId", line.group(1));
      output.put("version", Long.parseLong(line.group(2)));
      if (line.group(3) != null) {
        output.put("md5", line.group(3));
      }
      if (line.group(4) != null) {
        output.put("isNewVersion", line.group(4).equals("new"));
      }
      outputs.add(output);
    }
    return outputs;
  }
}
