package io.towpath.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.image.ImageName;
import io.towpath.sandbox.image.ImageRegistry;
import io.towpath.sandbox.image.Puller;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Images: pull, list, inspect. */
final class ImageRoutes {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Images images;

  ImageRoutes(Images images) {
    this.images = images;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("GET", "/images/json", call -> list()),
        Route.reading("GET", "/images/{name}/json", this::inspect),
        Route.mutating("POST", "/images/create", this::pull));
  }

  private Reply list() {
    ArrayNode list = JSON.arrayNode();
    for (Image image : images.all()) {
      ObjectNode shown = list.addObject();
      shown.put("Id", image.id).put("ParentId", "");
      names(image, shown);
      shown.put("Created", Instant.parse(image.config.path("created").asText()).getEpochSecond());
      shown.put("Size", image.size()).put("VirtualSize", image.size());
      shown.put("SharedSize", -1).put("Containers", -1);
      shown.set("Labels", labels(image));
    }
    return Reply.json(200, list);
  }

  private Reply inspect(Call call) {
    String name = call.variable("name");
    Image image =
        images.find(name).orElseThrow(() -> Refusals.missing("No such image: " + full(name)));
    ObjectNode shown = JSON.objectNode().put("Id", image.id);
    names(image, shown);
    shown
        .put("Parent", "")
        .put("Comment", "")
        .put("Created", image.config.path("created").asText());
    shown.put("Container", "").put("DockerVersion", "").put("Author", "");
    shown.set("Config", image.settings());
    shown.put("Architecture", image.config.path("architecture").asText()).put("Os", "linux");
    shown.put("Size", image.size()).put("VirtualSize", image.size());
    shown.putObject("GraphDriver").put("Name", "vfs").putNull("Data");
    shown
        .putObject("RootFS")
        .put("Type", "layers")
        .set("Layers", image.config.at("/rootfs/diff_ids"));
    shown.putObject("Metadata").put("LastTagTime", "0001-01-01T00:00:00Z");
    return Reply.json(200, shown);
  }

  private void names(Image image, ObjectNode shown) {
    synchronized (images) {
      image.tags.forEach(shown.putArray("RepoTags")::add);
      image.digests.forEach(shown.putArray("RepoDigests")::add);
    }
  }

  private static JsonNode labels(Image image) {
    JsonNode labels = image.settings().path("Labels");
    return labels.isObject() ? labels : JSON.nullNode();
  }

  private Reply pull(Call call) {
    String asked = call.query("fromImage").orElse("");
    String tag = call.query("tag").orElse("");
    String text = tag.isEmpty() ? asked : asked + (tag.contains(":") ? "@" : ":") + tag;
    ImageName name =
        ImageName.parse(text).orElseThrow(() -> Refusals.bad("invalid reference format"));
    String platform = call.query("platform").orElse("");
    String architecture =
        platform.isEmpty() ? Puller.architecture() : platform.replaceFirst("^linux/", "");
    try {
      String digest = images.pull(name, architecture, login(call));
      return progress(name, digest).changed("image", digest, name.full());
    } catch (Puller.NotPulled why) {
      return Refusals.reply(why.status(), String.valueOf(why.getMessage()));
    }
  }

  /** What a client of the daemon knows of the registry, as JSON in Base64 for URLs. */
  private static String login(Call call) {
    String header = call.header("x-registry-auth").orElse("");
    try {
      JsonNode login = MAPPER.readTree(Base64.getUrlDecoder().decode(header));
      return login.hasNonNull("username")
          ? login.path("username").asText() + ":" + login.path("password").asText()
          : ImageRegistry.ANYBODY;
    } catch (IllegalArgumentException | IOException e) {
      throw Refusals.bad("failed to parse \"X-Registry-Auth\" header");
    }
  }

  /** What the daemon streams while it pulls; an error would be a line of it, too. */
  private static Reply progress(ImageName name, String digest) {
    StringBuilder lines = new StringBuilder();
    line(lines, JSON.objectNode().put("status", "Pulling from " + name.path()), name.reference());
    line(lines, JSON.objectNode().put("status", "Digest: " + digest), "");
    line(
        lines,
        JSON.objectNode().put("status", "Status: Downloaded newer image for " + name.full()),
        "");
    return Reply.text(200, "application/json", lines.toString());
  }

  private static void line(StringBuilder lines, ObjectNode line, String id) {
    lines.append(id.isEmpty() ? line : line.put("id", id)).append("\r\n");
  }

  /** With the tag that a bare name means, as the daemon's messages have it. */
  static String full(String name) {
    return ImageName.parse(name).map(ImageName::full).orElse(name);
  }
}
