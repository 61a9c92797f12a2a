package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.SynapseId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Rows of a view or dataset, asked for page by page with Synapse's asynchronous queries. */
final class ViewRows {
  private static final int PAGE = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final long FIRST_WAIT_MILLIS = 200;
  private static final long LONGEST_WAIT_MILLIS = 5_000;

  private final SynapseClient client;
  private final String view;
  private final Runnable heartbeat;

  /** One row: an entity with its version, and values by column; a null is left out. */
  record Row(SynapseId id, Map<String, String> values) {
    Optional<String> value(String column) {
      return Optional.ofNullable(values.get(column)).filter(value -> !value.isEmpty());
    }
  }

  ViewRows(SynapseClient client, String view, Runnable heartbeat) {
    this.client = client;
    this.view = view;
    this.heartbeat = heartbeat;
  }

  /** Hands over all rows of a query whose result has these columns, in this order. */
  void forEach(String sql, List<String> columns, Consumer<Row> each) {
    int count = 0;
    String etag = "";
    while (true) {
      JsonNode result = page(sql, count).path("queryResult");
      JsonNode set = result.path("queryResults");
      String now = set.path("etag").asText("");
      if (count > 0 && !now.equals(etag)) {
        throw unavailable("was rebuilt between two pages of its rows", Optional.empty());
      }
      etag = now;
      for (JsonNode row : set.path("rows")) {
        each.accept(row(row, columns));
        count++;
      }
      if (!result.hasNonNull("nextPageToken")) {
        return;
      }
    }
  }

  private JsonNode page(String sql, int offset) {
    ObjectNode request =
        SynapseClient.object()
            .put("concreteType", "org.sagebionetworks.repo.model.table.QueryBundleRequest")
            .put("entityId", view)
            .put("partMask", 1);
    request
        .putObject("query")
        .put("sql", sql)
        .put("limit", PAGE)
        .put("offset", offset)
        .put("includeEntityEtag", true);
    String token = SynapseClient.required(client.startQuery(view, request), "token");
    long began = System.nanoTime();
    for (long wait = FIRST_WAIT_MILLIS; ; wait = Math.min(LONGEST_WAIT_MILLIS, wait + wait / 2)) {
      JsonNode answer = client.queryResult(view, token);
      if (!answer.has("jobState")) {
        return answer;
      }
      heartbeat.run();
      if (System.nanoTime() - began > PATIENCE.toNanos()) {
        throw unavailable("is still being queried", Optional.of(Duration.ofMinutes(1)));
      }
      sleep(wait);
    }
  }

  private static Row row(JsonNode row, List<String> columns) {
    Map<String, String> values = new HashMap<>();
    JsonNode cells = row.path("values");
    for (int i = 0; i < columns.size(); i++) {
      if (cells.path(i).isTextual()) {
        values.put(columns.get(i), cells.path(i).asText());
      }
    }
    SynapseId entity = new SynapseId("syn" + row.path("rowId").asLong());
    return new Row(entity.atVersion(row.path("versionNumber").asLong(1)), values);
  }

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the worker is stopping", e);
    }
  }

  private PlatformException unavailable(String what, Optional<Duration> later) {
    return new PlatformException(
        FailureKind.PLATFORM_UNAVAILABLE, "the view " + view + " " + what, 0, later, null);
  }
}
