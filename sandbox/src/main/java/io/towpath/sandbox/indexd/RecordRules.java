package io.towpath.sandbox.indexd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The schemas that indexd checks bodies with (indexd/index/schema.py). */
final class RecordRules {
  static final String UUID = "[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}";
  private static final Set<String> FORMS = Set.of("object", "container", "multipart");
  private static final Map<String, String> HASHES =
      Map.of(
          "md5", "[0-9a-f]{32}",
          "sha1", "[0-9a-f]{40}",
          "sha256", "[0-9a-f]{64}",
          "sha512", "[0-9a-f]{128}",
          "crc", "[0-9a-f]{8}",
          "etag", "[0-9a-f]{32}(-\\d+)?");
  private static final Set<String> DATES = Set.of("content_created_date", "content_updated_date");
  private static final Set<String> CHANGEABLE =
      Set.of(
          "urls",
          "acl",
          "authz",
          "file_name",
          "version",
          "uploader",
          "metadata",
          "urls_metadata",
          "description",
          "content_created_date",
          "content_updated_date");

  private RecordRules() {}

  /**
   * Checks the body of a POST.
   *
   * @param dates whether this indexd knows the content's dates; older ones do not
   */
  static void created(JsonNode body, boolean dates) {
    Set<String> known = new LinkedHashSet<>(CHANGEABLE);
    known.addAll(Set.of("did", "baseid", "form", "size", "hashes"));
    if (!dates) {
      known.removeAll(DATES);
    }
    onlyFields(body, known);
    for (String required : new String[] {"size", "hashes", "urls", "form"}) {
      if (!body.has(required)) {
        throw Refusals.user("'" + required + "' is a required property");
      }
    }
    if (!FORMS.contains(body.path("form").asText())) {
      throw Refusals.user(body.path("form") + " is not one of " + FORMS);
    }
    JsonNode size = body.path("size");
    if (!size.isIntegralNumber() || !size.canConvertToLong()) {
      throw Refusals.user(size + " is not of type 'integer'");
    }
    if (size.longValue() < 0) {
      throw Refusals.user(size + " is less than the minimum of 0");
    }
    id(body, "did");
    id(body, "baseid");
    hashes(body.path("hashes"));
    values(body, false);
    dateOrder(body);
  }

  /** Checks the body of a PUT, in which texts may be null. */
  static void changed(JsonNode body) {
    onlyFields(body, CHANGEABLE);
    values(body, true);
    dateOrder(body);
  }

  static void onlyFields(JsonNode body, Set<String> known) {
    if (!body.isObject()) {
      throw Refusals.user(body + " is not of type 'object'");
    }
    body.properties()
        .forEach(
            field -> {
              if (!known.contains(field.getKey())) {
                throw Refusals.user(
                    "Additional properties are not allowed ('"
                        + field.getKey()
                        + "' was unexpected)");
              }
            });
  }

  private static void id(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (!value.isMissingNode() && !(value.isTextual() && value.textValue().matches(".*" + UUID))) {
      throw Refusals.user(value + " does not match '^.*" + UUID + "$'");
    }
  }

  private static void hashes(JsonNode hashes) {
    if (!hashes.isObject()) {
      throw Refusals.user(hashes + " is not of type 'object'");
    }
    boolean any = false;
    for (var hash : hashes.properties()) {
      if (HASHES.containsKey(hash.getKey())) {
        hash(hash.getKey(), hash.getValue());
        any = true;
      }
    }
    if (!any) {
      throw Refusals.user(hashes + " is not valid under any of the given schemas");
    }
  }

  private static void hash(String type, JsonNode value) {
    String form = HASHES.getOrDefault(type, "");
    if (!value.isTextual() || !value.textValue().matches(form)) {
      throw Refusals.user(value + " does not match '^" + form + "$'");
    }
  }

  /** Checks a hash of a query. */
  static void queriedHash(String type, String value) {
    if (!HASHES.containsKey(type)) {
      throw Refusals.user("invalid hash types specified");
    }
    if (!value.matches(HASHES.getOrDefault(type, ""))) {
      throw Refusals.user("invalid hash values specified");
    }
  }

  private static void values(JsonNode body, boolean nulls) {
    for (var field : body.properties()) {
      JsonNode value = field.getValue();
      switch (field.getKey()) {
        case "urls", "acl", "authz" -> texts(value);
        case "metadata", "urls_metadata" -> {
          if (!value.isObject()) {
            throw Refusals.user(value + " is not of type 'object'");
          }
        }
        case "file_name",
            "version",
            "uploader",
            "description",
            "content_created_date",
            "content_updated_date" -> {
          if (!value.isTextual() && !(nulls && value.isNull())) {
            throw Refusals.user(value + " is not of type 'string'");
          }
        }
        default -> {}
      }
    }
  }

  static void texts(JsonNode value) {
    if (!value.isArray()) {
      throw Refusals.user(value + " is not of type 'array'");
    }
    for (JsonNode item : value) {
      if (!item.isTextual()) {
        throw Refusals.user(item + " is not of type 'string'");
      }
    }
  }

  private static void dateOrder(JsonNode body) {
    var created = IndexRecord.date(body.path("content_created_date"));
    var updated = IndexRecord.date(body.path("content_updated_date"));
    if (updated.isPresent() && created.isPresent() && updated.get().compareTo(created.get()) < 0) {
      throw Refusals.user("content_updated_date cannot come before content_created_date");
    }
    if (updated.isPresent() && created.isEmpty() && body.has("form")) {
      throw Refusals.user("Cannot set content_updated_date without content_created_date");
    }
  }

  /** The URLs with metadata must be the record's own. */
  static void urlsKnown(JsonNode urlsMetadata, JsonNode urls) {
    Set<String> known = new LinkedHashSet<>();
    urls.forEach(url -> known.add(url.asText()));
    for (var entry : urlsMetadata.properties()) {
      if (!known.contains(entry.getKey())) {
        throw Refusals.user("url " + entry.getKey() + " in urls_metadata does not exist");
      }
      if (!entry.getValue().isObject()) {
        throw Refusals.user(entry.getValue() + " is not of type 'object'");
      }
    }
  }
}
