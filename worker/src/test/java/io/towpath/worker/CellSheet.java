package io.towpath.worker;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Sheets of one file a sample, named in any way that a cell may name one. */
final class CellSheet {
  private CellSheet() {}

  /** A request for a sheet in Synapse with one sample per cell. */
  static Map<String, Object> request(Stack stack, String name, String... cells) {
    StringBuilder sheet = new StringBuilder("sample,fastq_1\n");
    for (String cell : cells) {
      sheet.append("s").append(sheet.length()).append(",").append(cell).append("\n");
    }
    String manifest =
        stack
            .sandbox()
            .synapseSeed()
            .file(
                stack.seed("synapse.project"),
                name + ".csv",
                "text/csv",
                sheet.toString().getBytes(StandardCharsets.UTF_8));
    return stack.request(name, manifest, stack.folder(name));
  }
}
