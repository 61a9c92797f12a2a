package io.towpath.sandbox.drs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request to mint an id, checked. */
record Mint(DrsRegistry.Identity identity, String name, List<DrsObject.Place> places) {
  private static final Map<String, String> HASHES =
      new TreeMap<>(Map.of("MD5", "[0-9a-f]{32}", "SHA-1", "[0-9a-f]{40}", "ETAG", ".+"));

  private static final Pattern LOCATION = Pattern.compile("s3://([^/]+)/(.+)", Pattern.DOTALL);

  static Mint read(JsonNode body, List<Storage> storages) {
    String name = text(body, "name");
    JsonNode size = body.path("size");
    if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
      throw bad("size must be a whole number from 0 on.");
    }
    Map<String, String> checksums = checksums(body.path("checksums"));
    Set<String> urls = new LinkedHashSet<>();
    List<DrsObject.Place> places =
        items(body, "locationUrls").stream().map(url -> place(url, storages, urls)).toList();
    return new Mint(
        new DrsRegistry.Identity(text(body, "datasetId"), size.longValue(), checksums, urls),
        name,
        places);
  }

  /** Types as DRS names them: {@code etag}, {@code md5}, {@code sha-1}. */
  private static Map<String, String> checksums(JsonNode given) {
    if (!given.isArray() || given.isEmpty()) {
      throw bad("checksums must be an array of at least one checksum.");
    }
    Map<String, String> checksums = new LinkedHashMap<>();
    for (JsonNode one : given) {
      String type = text(one, "type");
      String form = HASHES.get(type);
      if (form == null) {
        throw bad("checksum type " + type + " is none of " + HASHES.keySet() + ".");
      }
      String value = text(one, "checksum");
      if (!value.matches(form)) {
        throw bad("checksum " + value + " is no " + type + ".");
      }
      checksums.put(type.toLowerCase(Locale.ROOT), value);
    }
    return checksums;
  }

  private static DrsObject.Place place(JsonNode url, List<Storage> storages, Set<String> urls) {
    Matcher location = LOCATION.matcher(url.asText());
    if (!location.matches()) {
      throw bad("location " + url.asText() + " is no URL of an S3 object.");
    }
    String bucket = location.group(1);
    Storage storage =
        storages.stream()
            .filter(one -> one.bucket().equals(bucket))
            .findFirst()
            .orElseThrow(() -> bad("bucket " + bucket + " is no storage of the dataset."));
    urls.add(url.asText());
    return new DrsObject.Place(bucket, location.group(2), storage.region());
  }

  private static List<JsonNode> items(JsonNode body, String name) {
    JsonNode given = body.path(name);
    if (!given.isArray() || given.isEmpty()) {
      throw bad(name + " must be an array of at least one item.");
    }
    List<JsonNode> items = new ArrayList<>();
    given.forEach(items::add);
    return items;
  }

  static String text(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw bad(name + " must be a string that is not empty.");
    }
    return value.textValue();
  }

  static ObjectNode objectAt(JsonNode body, String name) {
    if (body.path(name) instanceof ObjectNode object) {
      return object;
    }
    throw bad(name + " must be an object.");
  }

  static RuntimeException bad(String words) {
    return Answers.refused(400, 90000, "Bad request: " + words);
  }
}
