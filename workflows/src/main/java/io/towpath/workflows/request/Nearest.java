package io.towpath.workflows.request;

/** The known name that a mistyped one most likely meant. */
public final class Nearest {
  private Nearest() {}

  /** The nearest name, or empty when none is near. */
  public static String of(String typed, Iterable<String> known) {
    String best = "";
    int least = Math.max(2, typed.length() / 3) + 1;
    for (String name : known) {
      int distance =
          distance(
              typed.toLowerCase(java.util.Locale.ROOT), name.toLowerCase(java.util.Locale.ROOT));
      if (distance < least) {
        least = distance;
        best = name;
      }
    }
    return best;
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
