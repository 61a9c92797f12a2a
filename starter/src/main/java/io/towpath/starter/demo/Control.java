package io.towpath.starter.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The sandbox's control port: what was seeded, what was changed, which faults are to come. */
final class Control {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;

  Control(String base) {
    this.base = base;
  }

  /** Ids of what was seeded, by dotted name. */
  JsonNode seed() throws IOException, InterruptedException {
    return send("GET", "/seed", "");
  }

  /** How many calls changed something since the sandbox began. */
  int committed() throws IOException, InterruptedException {
    int count = 0;
    for (JsonNode effect : send("GET", "/effects", "")) {
      count += effect.path("committed").asBoolean() ? 1 : 0;
    }
    return count;
  }

  /** How many committed calls of one route there were. */
  int committed(String platform, String route) throws IOException, InterruptedException {
    int count = 0;
    for (JsonNode effect : send("GET", "/effects?platform=" + platform, "")) {
      count +=
          effect.path("committed").asBoolean() && effect.path("route").asText().equals(route)
              ? 1
              : 0;
    }
    return count;
  }

  /** How many calls of any kind one platform has answered. */
  int answered(String platform) throws IOException, InterruptedException {
    int count = 0;
    for (JsonNode calls : send("GET", "/requests", "")) {
      count += calls.path("platform").asText().equals(platform) ? calls.path("count").asInt() : 0;
    }
    return count;
  }

  void fault(String platform, String route, String kind) throws IOException, InterruptedException {
    send(
        "POST",
        "/faults",
        JSON.createObjectNode()
            .put("platform", platform)
            .put("route", route)
            .<com.fasterxml.jackson.databind.node.ObjectNode>set("do", JSON.readTree(kind))
            .toString());
  }

  /** How many faults struck. */
  int struck() throws IOException, InterruptedException {
    int hits = 0;
    for (JsonNode rule : send("GET", "/faults", "")) {
      hits += rule.path("hits").asInt();
    }
    return hits;
  }

  private JsonNode send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(base + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return JSON.readTree(answer.body());
  }
}
