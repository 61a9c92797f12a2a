package io.towpath.activities.drs;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Resolves ids at their own server, and compares what is there with the file. */
final class Resolution {
  private final DrsClient server;
  private final Map<String, JsonNode> seen = new ConcurrentHashMap<>();

  Resolution(DrsClient server) {
    this.server = server;
  }

  /**
   * Looks at many objects at once where their server offers that. What this does not show as it
   * should be, for whatever reason, is asked for one by one later, and that tells what is wrong: a
   * list may be older than its objects, or leave fields out.
   */
  void lookAhead(List<String> objectIds, Runnable heartbeat) {
    try {
      int most = objectIds.size() > 1 ? server.mostObjects() : 0;
      for (int from = 0; most > 1 && from < objectIds.size(); from += most) {
        int to = Math.min(from + most, objectIds.size());
        seen.putAll(server.objects(objectIds.subList(from, to)));
        heartbeat.run();
      }
    } catch (PlatformException oneByOne) {
      return;
    }
  }

  /**
   * What is wrong with an id; empty when it resolves to the file's bytes and one way to them is
   * open. Costs one call, none after {@link #lookAhead}, and one more where the way must be asked
   * for. An id that was made just now and is not there yet is a failure that passes.
   */
  Optional<String> disagreement(MintFile file, Minted id) {
    try {
      Optional<JsonNode> object =
          Optional.ofNullable(seen.get(id.objectId()))
              .filter(
                  listed -> differences(file, listed).isEmpty() && way(file, listed).isPresent())
              .or(() -> server.object(id.objectId()));
      if (object.isPresent()) {
        return differences(file, object.get()).or(() -> closed(file, id, object.get()));
      }
    } catch (PlatformException e) {
      if (e.kind().retryable() || e.status() == 401) {
        throw e;
      }
      return Optional.of(id.uri() + " does not resolve: " + e.getMessage());
    }
    String missing = id.uri() + " does not resolve at " + server.name() + " (HTTP 404)";
    if (id.fresh()) {
      throw new PlatformException(
          FailureKind.PLATFORM_UNAVAILABLE, missing + " yet, though it was made just now");
    }
    return Optional.of(missing);
  }

  private static Optional<String> differences(MintFile file, JsonNode object) {
    StringJoiner found = new StringJoiner("; ");
    long size = object.path("size").asLong(-1);
    if (size != file.sizeBytes()) {
      found.add("its size is " + size + ", the file's " + file.sizeBytes());
    }
    TreeMap<String, String> stated = new TreeMap<>();
    for (JsonNode checksum : object.path("checksums")) {
      stated.put(type(checksum.path("type").asText()), checksum.path("checksum").asText());
    }
    file.checksums()
        .forEach(
            (type, value) -> {
              String there = stated.getOrDefault(type, value);
              if (!there.equalsIgnoreCase(value)) {
                found.add("its " + type + " is " + there + ", the file's " + value);
              }
            });
    return found.length() == 0
        ? Optional.empty()
        : Optional.of("the id resolves to other bytes: " + found);
  }

  /** {@code sha-256} and {@code SHA256} are one type. */
  static String type(String stated) {
    return stated.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  private Optional<String> closed(MintFile file, Minted id, JsonNode object) {
    Optional<String> way = way(file, object);
    way.filter(accessId -> !accessId.isEmpty())
        .ifPresent(accessId -> server.access(id.objectId(), accessId));
    return way.isPresent()
        ? Optional.empty()
        : Optional.of(id.uri() + " resolves, but names no way to its bytes");
  }

  /** The access id that opens an object; no text where it names the file's own place. */
  private static Optional<String> way(MintFile file, JsonNode object) {
    Optional<String> way = Optional.empty();
    for (JsonNode method : object.path("access_methods")) {
      if (!method.path("available").asBoolean(true)) {
        continue;
      }
      String url = method.path("access_url").path("url").asText("");
      if (file.object().filter(place -> place.value().equals(url)).isPresent()) {
        return Optional.of("");
      }
      way =
          way.or(
              () -> Optional.of(method.path("access_id").asText("")).filter(id -> !id.isEmpty()));
    }
    return way;
  }
}
