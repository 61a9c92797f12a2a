package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Builds CSV as a {@code csvTableDescriptor} asks for it. */
final class CsvText {
  private final String separator;
  private final String quote;
  private final String lineEnd;
  private final StringBuilder text = new StringBuilder();

  CsvText(Optional<ObjectNode> descriptor) {
    ObjectNode given = descriptor.orElseGet(Json::object);
    this.separator = Json.text(given, "separator").orElse(",");
    this.quote = Json.text(given, "quoteCharacter").orElse("\"");
    this.lineEnd = Json.text(given, "lineEnd").orElse("\n");
  }

  void row(List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      text.append(i == 0 ? "" : separator).append(cell(cells.get(i)));
    }
    text.append(lineEnd);
  }

  private String cell(String value) {
    boolean special =
        value.contains(separator)
            || value.contains(quote)
            || value.contains("\n")
            || value.contains("\r");
    return special ? quote + value.replace(quote, quote + quote) + quote : value;
  }

  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
