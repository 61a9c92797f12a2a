package io.towpath.activities.drs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.drs.DrsActivities.MintRules;
import io.towpath.workflows.failure.FailureKind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** One record of indexd, as it is to be. */
record IndexdRecord(String did, MintFile file, ObjectIdentity object, MintRules rules) {
  /** Older servers do not read {@code Z}. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The hashes that indexd knows, and how each looks. */
  private static final Map<String, String> HASHES =
      Map.of("md5", "[0-9a-f]{32}", "sha256", "[0-9a-f]{64}", "etag", "[0-9a-f]{32}(-\\d+)?");

  /** The body of a POST without dates. */
  ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("form", "object").put("did", did).put("size", file.sizeBytes());
    body.put("file_name", file.name());
    body.putArray("urls").add(object.url().value());
    ObjectNode hashes = body.putObject("hashes").put("md5", object.checksum());
    file.checksums()
        .forEach(
            (type, value) -> {
              if (rules.checksums().contains(type)
                  && value.matches(HASHES.getOrDefault(type, "(?!)"))) {
                hashes.put(type, value);
              }
            });
    return body;
  }

  /** The same with dates, without which the record's DRS view has no {@code created_time}. */
  ObjectNode body(Instant now) {
    return body()
        .put("content_created_date", DATE.format(now))
        .put("content_updated_date", DATE.format(now));
  }

  /** Refuses a record that stands for something else under this did. */
  void requireSame(JsonNode found) {
    boolean listed = false;
    for (JsonNode url : found.path("urls")) {
      listed |= url.asText().equals(object.url().value());
    }
    long size = found.path("size").asLong(-1);
    String md5 = found.path("hashes").path("md5").asText("none");
    if (!listed || size != file.sizeBytes() || !md5.equals(object.checksum())) {
      throw new PlatformException(
          FailureKind.CONFLICT,
          did
              + " stands for another object: size "
              + size
              + " and MD5 "
              + md5
              + ", expected "
              + file.sizeBytes()
              + " and "
              + object.checksum()
              + " at "
              + object.url()
              + "; an id is never pointed to other bytes: ask who keeps that record");
    }
  }
}
