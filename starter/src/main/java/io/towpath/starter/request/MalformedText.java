package io.towpath.starter.request;

/** A text that is no request, with the line and column (from 1) where that shows. */
final class MalformedText extends Exception {
  MalformedText(long line, long column, String text) {
    super(line + ":" + column + ": " + text, null, false, false);
  }
}
