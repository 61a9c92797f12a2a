package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** One import or export, done behind the caller's back. */
final class TransferJob {
  /**
   * What was asked for.
   *
   * @param kind {@code imports} or {@code exports}, as in paths
   * @param name of the file that is made, which plans look at
   * @param shown request fields as answers repeat them
   */
  record Order(
      String kind,
      String id,
      String project,
      String volume,
      String name,
      Instant created,
      Instant visibleFrom,
      ObjectNode shown) {}

  final Order order;
  String state = "PENDING";
  Optional<Instant> started = Optional.empty();
  Optional<Instant> finished = Optional.empty();
  Optional<ObjectNode> result = Optional.empty();
  Optional<ObjectNode> error = Optional.empty();

  TransferJob(Order order) {
    this.order = order;
  }

  ObjectNode json(Request request) {
    String path = "/storage/" + order.kind() + "/" + order.id();
    ObjectNode json = Fields.object().put("href", request.href(path));
    json.put("id", order.id()).put("state", state);
    json.setAll(order.shown().deepCopy());
    Fields.putTime(json, "started_on", started);
    Fields.putTime(json, "finished_on", finished);
    result.ifPresent(
        file -> {
          String href = request.href("/files/" + file.path("id").asText());
          json.set("result", file.deepCopy().put("href", href));
        });
    error.ifPresent(problem -> json.set("error", problem));
    return json;
  }
}
