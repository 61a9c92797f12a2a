package io.towpath.proof.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What was sent to change something, by everybody, in the order in which it ended. */
record Journal(List<Entry> entries) {
  static Journal of(JsonNode told) {
    List<Entry> entries = new ArrayList<>();
    told.forEach(entry -> entries.add(Entry.of(entry)));
    return new Journal(List.copyOf(entries));
  }

  /**
   * The entries of one scenario: those that its mark is found in, and those that concern what such
   * an entry made, or lie in it.
   */
  Journal of(Pattern mark) {
    Set<String> made = new HashSet<>();
    List<Entry> own = new ArrayList<>();
    for (Entry entry : entries) {
      if (mark.matcher(entry.text()).find() || concerns(entry, made)) {
        own.add(entry);
        if (!entry.id().isEmpty()) {
          made.add(entry.id());
        }
      }
    }
    return new Journal(own);
  }

  private static boolean concerns(Entry entry, Set<String> made) {
    return made.contains(entry.id())
        || made.contains(entry.request().path("parentId").asText())
        || made.contains(entry.request().at("/entity/parentId").asText());
  }

  /** Entries up to one, itself included. */
  Journal upTo(long seq) {
    return new Journal(entries.stream().filter(entry -> entry.seq() <= seq).toList());
  }

  Journal after(long seq) {
    return new Journal(entries.stream().filter(entry -> entry.seq() > seq).toList());
  }

  List<Entry> committed() {
    return entries.stream().filter(Entry::committed).toList();
  }

  List<Entry> committed(String platform, String route) {
    return committed().stream().filter(entry -> entry.is(platform, route)).toList();
  }

  /** Whole objects that were put at an {@code s3://} URI. */
  List<Entry> writes(String uri) {
    return committed().stream()
        .filter(Entry::writesObject)
        .filter(entry -> entry.id().equals(uri))
        .toList();
  }
}
