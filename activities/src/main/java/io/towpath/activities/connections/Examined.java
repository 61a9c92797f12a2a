package io.towpath.activities.connections;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Connections of one platform that can be looked at, without changing anything. */
public interface Examined {
  /** Their names. */
  Set<String> names();

  /** Who we are there and what we may; fails as the platform's own calls do. */
  Findings examine(String connection);

  /**
   * What was found.
   *
   * @param text who answers and who we are there
   * @param missing rights and things that the ETLs need, each with what to do
   * @param notChecked rights that only writing would prove
   */
  record Findings(String text, List<String> missing, List<String> notChecked) {
    public Findings {
      missing = List.copyOf(missing);
      notChecked = List.copyOf(notChecked);
    }

    /** All is there. */
    public static Findings of(String text, String... notChecked) {
      return new Findings(text, List.of(), List.of(notChecked));
    }

    /** The text, and what is missing. */
    String full() {
      List<String> parts = new ArrayList<>(List.of(text));
      parts.addAll(missing);
      return String.join("; ", parts);
    }
  }
}
