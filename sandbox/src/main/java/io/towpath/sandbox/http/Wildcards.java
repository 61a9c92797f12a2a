package io.towpath.sandbox.http;

/**
 * Matches texts with signs that stand for other characters, in time that no pattern can blow up, as
 * regular expressions with many {@code .*} do.
 */
public final class Wildcards {
  private Wildcards() {}

  /**
   * Whether the whole text fits.
   *
   * @param any stands for any characters, also none
   * @param one stands for exactly one character
   */
  public static boolean fits(String pattern, String text, char any, char one) {
    int at = 0;
    int in = 0;
    int anyAt = -1;
    int resume = 0;
    while (in < text.length()) {
      if (at < pattern.length() && pattern.charAt(at) == any) {
        anyAt = at;
        resume = in;
        at++;
      } else if (at < pattern.length()
          && (pattern.charAt(at) == one || pattern.charAt(at) == text.charAt(in))) {
        at++;
        in++;
      } else if (anyAt >= 0) {
        resume++;
        at = anyAt + 1;
        in = resume;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == any) {
      at++;
    }
    return at == pattern.length();
  }
}
