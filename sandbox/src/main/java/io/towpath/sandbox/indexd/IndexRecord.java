package io.towpath.sandbox.indexd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One record. Size and hashes never change; the rest does, with a new {@code rev} each time.
 *
 * <p>Fields are kept as the JSON that answers show.
 */
final class IndexRecord {
  private static final DateTimeFormatter NAIVE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  final String did;
  final String baseid;
  final Instant created;
  final Instant visibleFrom;
  final TreeSet<String> aliases = new TreeSet<>();
  String rev;
  private final ObjectNode fields = Refusals.object();

  /** A record of a body that keeps the rules. */
  IndexRecord(
      String did, String baseid, String rev, JsonNode body, Instant now, Instant shownFrom) {
    this.did = did;
    this.baseid = baseid;
    this.rev = rev;
    this.created = now;
    this.visibleFrom = shownFrom;
    fields.put("did", did).put("baseid", baseid).put("rev", rev);
    fields.set("size", body.path("size"));
    for (String name : new String[] {"file_name", "version", "uploader"}) {
      fields.set(name, orNull(body.path(name)));
    }
    fields.set("urls", array(body.path("urls"), false));
    fields.set("urls_metadata", urlsMetadata(body.path("urls_metadata")));
    fields.set("acl", array(body.path("acl"), true));
    fields.set("authz", array(body.path("authz"), true));
    fields.set("hashes", body.path("hashes").deepCopy());
    fields.set("metadata", texts(body.path("metadata")));
    fields.put("form", body.path("form").asText());
    fields.put("created_date", NAIVE.format(now)).put("updated_date", NAIVE.format(now));
    fields.set("description", orNull(body.path("description")));
    Optional<String> contentCreated = date(body.path("content_created_date"));
    Optional<String> contentUpdated = date(body.path("content_updated_date"));
    fields.put("content_created_date", contentCreated.orElse(null));
    fields.put("content_updated_date", contentUpdated.or(() -> contentCreated).orElse(null));
  }

  ObjectNode json() {
    return fields.deepCopy();
  }

  JsonNode field(String name) {
    return fields.path(name);
  }

  long size() {
    return fields.path("size").longValue();
  }

  ObjectNode reference() {
    return Refusals.object().put("did", did).put("baseid", baseid).put("rev", rev);
  }

  /** Applies the fields of a PUT. */
  void change(JsonNode body, String newRev, Instant now) {
    Optional<String> contentCreated = date(body.path("content_created_date"));
    Optional<String> contentUpdated = date(body.path("content_updated_date"));
    String since = contentCreated.orElse(fields.path("content_created_date").asText(""));
    if (contentUpdated.isPresent() && since.isEmpty()) {
      throw Refusals.user(
          "Cannot set content_updated_date on record that does not have a content_created_date");
    }
    if (contentUpdated.isPresent() && contentUpdated.get().compareTo(since) < 0) {
      throw Refusals.user("Cannot set content_updated_date before the content_created_date");
    }
    body.properties().forEach(field -> change(field.getKey(), field.getValue()));
    if (body.has("urls") && !body.has("urls_metadata")) {
      fields.set("urls_metadata", urlsMetadata(Refusals.object()));
    }
    contentCreated.ifPresent(date -> fields.put("content_created_date", date));
    contentUpdated.ifPresent(date -> fields.put("content_updated_date", date));
    renew(newRev);
    fields.put("updated_date", NAIVE.format(now));
  }

  private void change(String name, JsonNode value) {
    switch (name) {
      case "urls" -> fields.set("urls", array(value, false));
      case "acl", "authz" -> fields.set(name, array(value, true));
      case "metadata" -> fields.set(name, texts(value));
      case "urls_metadata" -> fields.set(name, urlsMetadata(value));
      case "content_created_date", "content_updated_date" -> {}
      default -> fields.set(name, orNull(value));
    }
  }

  /** Access lists that are not empty replace those of the record. */
  void restrict(JsonNode acl, JsonNode authz, String newRev) {
    if (!acl.isEmpty()) {
      fields.set("acl", array(acl, true));
    }
    if (!authz.isEmpty()) {
      fields.set("authz", array(authz, true));
    }
    renew(newRev);
  }

  private void renew(String newRev) {
    rev = newRev;
    fields.put("rev", newRev);
  }

  /** Each of the record's URLs has an entry, even an empty one. */
  private ObjectNode urlsMetadata(JsonNode given) {
    ObjectNode metadata = Refusals.object();
    fields.path("urls").forEach(url -> metadata.set(url.asText(), texts(given.path(url.asText()))));
    return metadata;
  }

  private static ArrayNode array(JsonNode given, boolean once) {
    ArrayNode array = Refusals.object().arrayNode();
    TreeSet<String> seen = new TreeSet<>();
    for (JsonNode item : given) {
      if (seen.add(item.asText()) || !once) {
        array.add(item.asText());
      }
    }
    return array;
  }

  private static ObjectNode texts(JsonNode given) {
    ObjectNode texts = Refusals.object();
    given.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }

  private static JsonNode orNull(JsonNode value) {
    return value.isMissingNode() ? Refusals.object().nullNode() : value;
  }

  /** A time as the database keeps it: in UTC, without a zone. */
  static Optional<String> date(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    try {
      Instant instant =
          value.asText().matches(".*(Z|[+-]\\d\\d:\\d\\d)$")
              ? OffsetDateTime.parse(value.asText()).toInstant()
              : LocalDateTime.parse(value.asText()).toInstant(ZoneOffset.UTC);
      String text =
          instant
              .atOffset(ZoneOffset.UTC)
              .toLocalDateTime()
              .truncatedTo(ChronoUnit.MICROS)
              .format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
      return Optional.of(text);
    } catch (DateTimeParseException e) {
      throw Refusals.user("Invalid isoformat string: '" + value.asText() + "'");
    }
  }
}
