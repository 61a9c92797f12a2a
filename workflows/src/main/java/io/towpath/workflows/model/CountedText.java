package io.towpath.workflows.model;

/**
 * A text that lets itself be looked at so many times only, so that an expression of a stranger ends
 * the same way everywhere; a clock would not.
 */
public final class CountedText implements CharSequence {
  private final String text;
  private final int most;
  private final String advice;
  private int looks;

  /**
   * A text that nobody has looked at.
   *
   * @param most how many characters may be read, each as often as it is
   * @param advice what to change when that was not enough
   */
  public CountedText(String text, int most, String advice) {
    this.text = text;
    this.most = most;
    this.advice = advice;
  }

  /**
   * @throws IllegalArgumentException when it was looked at too often
   */
  @Override
  public char charAt(int index) {
    if (++looks > most) {
      throw new IllegalArgumentException(
          "the expression takes too long on a name of " + text.length() + " characters; " + advice);
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
