package io.towpath.workflows.model;

import java.util.List;

/**
 * One thing that {@code doctor} looked at.
 *
 * @param name what, such as {@code ledger}, {@code seqera} or {@code seqera/lab}
 * @param ok whether it is as it must be
 * @param text what was found, and what to do when it is not ok
 * @param notChecked rights that only writing would prove
 */
public record Check(String name, boolean ok, String text, List<String> notChecked) {
  public Check {
    notChecked = notChecked == null ? List.of() : List.copyOf(notChecked);
  }

  /** Nothing was left out. */
  public Check(String name, boolean ok, String text) {
    this(name, ok, text, List.of());
  }
}
