package io.towpath.activities.drs;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.outside.FileUrl;
import io.towpath.activities.outside.OutsideLook;
import io.towpath.activities.samplesheet.FileNames;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * An object as its server shows it, read as the source of a file. Servers are not believed: what is
 * read here is checked before it is used.
 *
 * @param json with {@code size}, {@code checksums} and {@code access_methods}
 */
record DrsObject(JsonNode json) {
  private static final String MD5 = "[0-9a-f]{32}";

  /** One way to the bytes. */
  private record Way(String type, JsonNode url, String accessId, boolean available) {
    static Way of(JsonNode method) {
      return new Way(
          method.path("type").asText(""),
          method.path("access_url"),
          method.path("access_id").asText(""),
          method.path("available").asBoolean(true));
    }

    String address() {
      return url.path("url").asText("");
    }

    boolean isSigned() {
      return !accessId.isEmpty() || address().matches("https?://.*");
    }

    Optional<S3Uri> object() {
      return new FileUrl(address(), Map.of()).object();
    }
  }

  /** What can be fetched of it, or why it cannot. */
  OutsideLook look(SourceId id) {
    String what = id + " (\"" + FileNames.shown(json.path("name").asText("")) + "\")";
    if (!json.path("contents").isEmpty()) {
      return OutsideLook.wrong(
          what
              + " is a bundle of "
              + json.path("contents").size()
              + "; expected a single object: name those in it one by one");
    }
    List<Way> ways = ways();
    List<Way> open = ways.stream().filter(Way::available).toList();
    if (open.isEmpty() && !ways.isEmpty()) {
      return OutsideLook.wrong(
          what + " is not available now, as archived bytes are not; have it restored");
    }
    if (open.stream().noneMatch(way -> way.isSigned() || way.object().isPresent())) {
      return OutsideLook.wrong(
          what
              + " has no access method that can be fetched; found "
              + FileNames.shown(open.stream().map(Way::type).distinct().toList().toString())
              + ", expected https, s3, or any with an access_id");
    }
    if (!json.path("size").canConvertToLong() || json.path("size").asLong() < 0) {
      return OutsideLook.wrong(what + " states no size, which DRS requires");
    }
    return OutsideLook.of(file(id, open));
  }

  private FileRef file(SourceId id, List<Way> open) {
    Optional<S3Uri> object = open.stream().flatMap(way -> way.object().stream()).findFirst();
    return new FileRef(
        id,
        name(id, object),
        "",
        "",
        json.path("size").asLong(),
        md5(),
        object.map(S3Uri::bucket),
        object.map(S3Uri::key));
  }

  /** The way that a URL comes from: a plain one before one that must be asked for. */
  Optional<JsonNode> plainUrl() {
    return ways().stream()
        .filter(way -> way.available() && way.address().matches("https?://.*"))
        .map(Way::url)
        .findFirst();
  }

  /** What to ask for a URL by. */
  Optional<String> accessId() {
    return ways().stream()
        .filter(way -> way.available() && !way.accessId().isEmpty())
        .map(Way::accessId)
        .findFirst();
  }

  private List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    json.path("access_methods").forEach(method -> ways.add(Way.of(method)));
    return ways;
  }

  /** Servers need not give a name: that of the bytes tells more than an id. */
  private String name(SourceId id, Optional<S3Uri> object) {
    String stated = json.path("name").asText("");
    String otherwise = object.map(S3Uri::key).orElse(id.value());
    return stated.isEmpty() ? otherwise.substring(otherwise.lastIndexOf('/') + 1) : stated;
  }

  private Optional<String> md5() {
    return StreamSupport.stream(json.path("checksums").spliterator(), false)
        .filter(checksum -> Resolution.type(checksum.path("type").asText("")).equals(MintFile.MD5))
        .map(checksum -> checksum.path("checksum").asText("").toLowerCase(Locale.ROOT))
        .filter(md5 -> md5.matches(MD5))
        .findFirst();
  }
}
