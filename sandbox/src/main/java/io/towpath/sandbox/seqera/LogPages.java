package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import java.util.ArrayList;
import java.util.List;

/** Logs page by page: the token is the number of the next line. */
final class LogPages {
  private static final long DEFAULT_LENGTH = 1 << 20;

  private LogPages() {}

  static ObjectNode page(Call call, List<String> lines, boolean pending) {
    String next = call.query("next").filter(token -> !token.isBlank()).orElse("0");
    int from = (int) Math.max(0, Math.min(Query.number("next", next), lines.size()));
    long most =
        call.query("maxLength")
            .map(value -> Query.number("maxLength", value))
            .orElse(DEFAULT_LENGTH);
    List<String> shown = new ArrayList<>();
    long length = 0;
    int at = from;
    while (at < lines.size() && (shown.isEmpty() || length + lines.get(at).length() <= most)) {
      shown.add(lines.get(at));
      length += lines.get(at).length() + 1;
      at++;
    }
    ObjectNode page = Answers.object().put("truncated", at < lines.size());
    page.set("entries", Answers.texts(shown));
    page.put("rewindToken", String.valueOf(from)).put("forwardToken", String.valueOf(at));
    page.put("pending", pending).putNull("message").putArray("downloads");
    return page;
  }

  static ObjectNode download(String fileName, String title) {
    return Answers.object()
        .put("fileName", fileName)
        .put("saveName", fileName.replaceFirst("^\\.", ""))
        .put("displayText", title);
  }
}
