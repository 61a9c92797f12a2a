package io.towpath.sandbox.synapse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of an SQL text, read one after the other. */
final class SqlTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:('[^']*+(?:''[^']*+)*+')|(\"[^\"]*+(?:\"\"[^\"]*+)*+\"|`[^`]*`)|([A-Za-z_][\\w.]*)"
              + "|(-?\\d+(?:\\.\\d+)?)|(<>|!=|<=|>=|[=<>(),*;]))");

  private static final int MOST_NESTED = 200;

  private enum Kind {
    STRING,
    QUOTED,
    WORD,
    NUMBER,
    SYMBOL
  }

  private record Token(Kind kind, String text) {}

  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int nested;

  SqlTokens(String sql) {
    Matcher matcher = TOKEN.matcher(sql.strip());
    int end = 0;
    while (end < sql.strip().length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw Refusals.badRequest("Encountered an unexpected character at column " + end);
      }
      tokens.add(token(matcher));
      end = matcher.end();
    }
  }

  private static Token token(Matcher matcher) {
    Kind[] kinds = Kind.values();
    for (int group = 1; group <= kinds.length; group++) {
      String text = matcher.group(group);
      if (text != null) {
        Kind kind = kinds[group - 1];
        boolean quoted = kind == Kind.STRING || kind == Kind.QUOTED;
        return new Token(kind, quoted ? unquote(text) : text);
      }
    }
    throw new IllegalStateException("a token of no kind");
  }

  private static String unquote(String text) {
    String quote = text.substring(0, 1);
    return text.substring(1, text.length() - 1).replace(quote + quote, quote);
  }

  boolean atEnd() {
    return at >= tokens.size();
  }

  /** Takes the word or symbol if it comes next. */
  boolean take(String word) {
    if (!atEnd()) {
      Token token = tokens.get(at);
      boolean bare = token.kind() == Kind.WORD || token.kind() == Kind.SYMBOL;
      if (bare && token.text().toUpperCase(Locale.ROOT).equals(word)) {
        at++;
        return true;
      }
    }
    return false;
  }

  /** Counts brackets and NOTs, so that no query is nested deeper than the stack goes. */
  void nest() {
    nested++;
    if (nested > MOST_NESTED) {
      throw unexpected("nested too deeply");
    }
  }

  void expect(String word) {
    if (!take(word)) {
      throw unexpected("expected " + word);
    }
  }

  String name() {
    Token token = next();
    if (token.kind() != Kind.WORD && token.kind() != Kind.QUOTED) {
      throw unexpected("expected a name");
    }
    return token.text();
  }

  String literal() {
    Token token = next();
    if (token.kind() == Kind.SYMBOL) {
      throw unexpected("expected a value");
    }
    return token.text();
  }

  String symbol() {
    Token token = next();
    if (token.kind() != Kind.SYMBOL) {
      throw unexpected("expected an operator");
    }
    return token.text();
  }

  long number() {
    Token token = next();
    if (token.kind() != Kind.NUMBER || token.text().contains(".")) {
      throw unexpected("expected a whole number");
    }
    if (!token.text().matches("\\d{1,18}")) {
      throw unexpected("out of range");
    }
    return Long.parseLong(token.text());
  }

  private Token next() {
    if (atEnd()) {
      throw Refusals.badRequest("Encountered \"<EOF>\": the SQL ends too early");
    }
    at++;
    return tokens.get(at - 1);
  }

  RuntimeException unexpected(String expectation) {
    String found = at == 0 || at > tokens.size() ? "" : tokens.get(at - 1).text();
    return Refusals.badRequest("Encountered \"" + found + "\": " + expectation);
  }
}
