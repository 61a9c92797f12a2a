package io.towpath.starter.request;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** What a YAML scalar means: the core schema of YAML 1.2, without its hexadecimal and octal. */
final class YamlScalar {
  private static final Pattern WHOLE = Pattern.compile("[-+]?(?:0|[1-9]\\d*)");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][-+]?\\d{1,3})?");

  private YamlScalar() {}

  static @Nullable Object value(ScalarNode node) {
    String text = node.getValue();
    boolean plain = node.getScalarStyle() == ScalarStyle.PLAIN;
    if (!plain || (node.getTag().equals(Tag.STR) && isForced(text))) {
      return text;
    }
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> null;
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> numberOrText(text);
    };
  }

  /** Whether only {@code !!str} can have made this a text, as its form alone would not. */
  private static boolean isForced(String text) {
    return DECIMAL.matcher(text).matches();
  }

  private static Object numberOrText(String text) {
    if (WHOLE.matcher(text).matches()) {
      BigInteger whole = new BigInteger(text);
      return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
    }
    return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : text;
  }
}
