package io.towpath.sandbox.indexd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;

/** What is not about one record: health, version, figures, free dids. */
final class SystemRoutes {
  private static final int MOST_GUIDS = 10_000;
  private static final String PLAIN = "text/html; charset=utf-8";

  private final Index index;

  SystemRoutes(Index index) {
    this.index = index;
  }

  void register(RouteTable table) {
    table.open("GET", "/_status", call -> Reply.text(200, PLAIN, "Healthy"));
    table.open("GET", "/_dist", call -> Reply.json(200, Refusals.object().arrayNode()));
    ObjectNode version = Refusals.object().put("version", "6.4.0").put("commit", "a8403f09");
    table.open("GET", "/_version", call -> Reply.json(200, version));
    table.open("GET", "/_stats", call -> Reply.json(200, stats()));
    table.open("GET", "/guid/mint", this::mint);
    table.open(
        "GET",
        "/guid/prefix",
        call -> Reply.json(200, Refusals.object().put("prefix", index.settings.prefix())));
  }

  private ObjectNode stats() {
    long bytes = index.records.values().stream().mapToLong(IndexRecord::size).sum();
    return Refusals.object().put("fileCount", index.records.size()).put("totalFileSize", bytes);
  }

  /** Makes dids and remembers none of them. */
  private Reply mint(Call call) {
    String given = call.query("count").orElse("1");
    if (!given.matches("-?\\d{1,9}")) {
      return Reply.text(400, PLAIN, "Count " + given + " is not a valid integer");
    }
    int count = Integer.parseInt(given);
    if (count < 0) {
      return Reply.text(400, PLAIN, "You cannot provide a count less than 0");
    }
    if (count > MOST_GUIDS) {
      return Reply.text(400, PLAIN, "You cannot provide a count greater than " + MOST_GUIDS);
    }
    ObjectNode json = Refusals.object();
    ArrayNode guids = json.putArray("guids");
    for (int i = 0; i < count; i++) {
      guids.add(index.newDid());
    }
    return Reply.json(200, json);
  }
}
