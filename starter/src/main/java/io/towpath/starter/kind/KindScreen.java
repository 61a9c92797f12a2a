package io.towpath.starter.kind;

import io.towpath.starter.screen.Listing;
import io.towpath.starter.screen.Wrapping;
import io.towpath.workflows.request.FieldDoc;
import java.util.ArrayList;
import java.util.List;

/** What an ETL takes, does and needs, for people. */
public final class KindScreen {
  private KindScreen() {}

  public static String of(Kind kind) {
    List<String> lines = new ArrayList<>();
    lines.add(Wrapping.paragraphs(kind.name() + ": " + kind.summary()));
    lines.add("");
    lines.add("Fields of the request (* is required):");
    for (FieldDoc field : kind.fields()) {
      Listing.row(lines, field.path() + (field.required() ? " *" : ""), words(field));
    }
    addParts(lines, "Stages:", kind.stages());
    addParts(lines, "Held by the worker, never in a request:", kind.secrets());
    lines.add("");
    lines.add("A request to start from: towpath template " + kind.name());
    return String.join("\n", lines);
  }

  private static String words(FieldDoc field) {
    String fallback = field.fallback().isEmpty() ? "" : ", default " + field.fallback();
    return field.text() + " (" + field.type() + fallback + ")";
  }

  private static void addParts(List<String> lines, String title, List<Kind.Part> parts) {
    lines.add("");
    lines.add(title);
    for (Kind.Part part : parts) {
      Listing.row(lines, part.name(), part.text());
    }
  }
}
