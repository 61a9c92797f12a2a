package io.towpath.activities.samplesheet;

import java.util.Set;
import java.util.TreeSet;

/**
 * The variables that a JSONata expression names, found in its text; {@code $} on its own is the
 * empty name. Texts, quoted names, comments and regular expressions are passed over.
 */
final class Variables {
  private static final String BEFORE_REGEX = "(,[{:;?=&|>~<+-*%";

  private final String text;
  private final Set<String> names = new TreeSet<>();
  private char last = '(';
  private int at;

  private Variables(String text) {
    this.text = text;
  }

  static Set<String> in(String expression) {
    Variables variables = new Variables(expression);
    while (variables.at < expression.length()) {
      variables.step();
    }
    return variables.names;
  }

  private void step() {
    char c = text.charAt(at);
    if (c == '"' || c == '\'' || c == '`') {
      skipTo(String.valueOf(c), 1);
    } else if (text.startsWith("/*", at)) {
      skipTo("*/", 2);
    } else if (c == '/' && BEFORE_REGEX.indexOf(last) >= 0) {
      skipTo("/", 1);
    } else if (c == '$') {
      name();
    } else {
      at++;
    }
    if (!Character.isWhitespace(c)) {
      last = c;
    }
  }

  private void name() {
    int begin = ++at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_$".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    names.add(text.substring(begin, at));
  }

  private void skipTo(String end, int from) {
    at += from;
    while (at < text.length() && !text.startsWith(end, at)) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(text.length(), at + end.length());
  }
}
