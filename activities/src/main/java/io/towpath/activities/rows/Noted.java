package io.towpath.activities.rows;

import java.util.ArrayList;
import java.util.List;

/** The first of many texts that a person should know of, and how many there are. */
public final class Noted {
  private final int most;
  private final List<String> first = new ArrayList<>();
  private long count;

  public Noted(int most) {
    this.most = most;
  }

  public void add(String text) {
    count++;
    if (first.size() < most) {
      first.add(text);
    }
  }

  public List<String> first() {
    return List.copyOf(first);
  }

  public long count() {
    return count;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * The first, and how many more there are.
   *
   * @param behind what follows "and 5 more" in that case
   */
  public List<String> all(String behind) {
    List<String> all = new ArrayList<>(first);
    if (count > first.size()) {
      all.add("and " + (count - first.size()) + " more" + behind);
    }
    return all;
  }
}
