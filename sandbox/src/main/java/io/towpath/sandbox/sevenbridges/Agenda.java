package io.towpath.sandbox.sevenbridges;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to happen at a later time of the stand-in's clock; guarded by the realm. */
final class Agenda {
  /** Something that happens at its time, however late it is noticed. */
  interface Event {
    void happen(Instant due);
  }

  private record Entry(Instant due, long order, Event event) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparing(Entry::order));
  private long added;

  void at(Instant due, Event event) {
    entries.add(new Entry(due, added, event));
    added++;
  }

  /** Lets everything happen that is due, also what that brings with it. */
  void catchUp(Instant now) {
    while (!entries.isEmpty() && !entries.element().due().isAfter(now)) {
      Entry next = entries.remove();
      next.event().happen(next.due());
    }
  }
}
