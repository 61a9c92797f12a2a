package io.towpath.sandbox.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.image.RootFolder;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Containers: create, inspect, list, delete. */
final class ContainerRoutes {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("/?[a-zA-Z0-9][a-zA-Z0-9_.-]+");
  private static final long LEAST_MEMORY = 6L << 20;

  private final ContainerSettings settings;
  private final Containers containers;
  private final Images images;

  ContainerRoutes(ContainerSettings settings, Containers containers, Images images) {
    this.settings = settings;
    this.containers = containers;
    this.images = images;
  }

  List<Route> routes() {
    return List.of(
        Route.mutating("POST", "/containers/create", this::create),
        Route.reading("GET", "/containers/json", this::list),
        Route.reading("GET", "/containers/{id}/json", this::inspect),
        Route.mutating("DELETE", "/containers/{id}", this::delete));
  }

  private Reply create(Call call) throws IOException {
    ObjectNode body = body(call);
    String id = newId();
    String name = call.query("name").filter(given -> !given.isEmpty()).orElse(id.substring(0, 12));
    if (!NAME.matcher(name).matches()) {
      throw Refusals.bad(
          "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }
    String asked = body.path("Image").asText("");
    Image image =
        images
            .find(asked)
            .orElseThrow(() -> Refusals.missing("No such image: " + ImageRoutes.full(asked)));
    check(body, image);
    String plain = name.replaceFirst("^/", "");
    InstantSource clock = settings.clock();
    Container.Make make =
        new Container.Make(id, plain, image, body, clock.instant().plus(call.hideFor()));
    containers.add(
        plain,
        () ->
            new Container(
                make, RootFolder.unpack(settings.folder().resolve(id), image.layers), clock));
    ObjectNode created = JsonNodeFactory.instance.objectNode().put("Id", id);
    created.putArray("Warnings");
    return Reply.json(201, created).changed("container", id, plain);
  }

  private static void check(ObjectNode body, Image image) {
    if (Container.argv(body, image.settings()).isEmpty()) {
      throw Refusals.bad("No command specified");
    }
    String folder = body.path("WorkingDir").asText("");
    if (!folder.isEmpty() && !folder.startsWith("/")) {
      throw Refusals.bad(
          "the working directory '" + folder + "' is invalid, it needs to be an absolute path");
    }
    long memory = body.at("/HostConfig/Memory").asLong(0);
    if (memory != 0 && memory < LEAST_MEMORY) {
      throw Refusals.bad("Minimum memory limit allowed is 6MB");
    }
  }

  private static ObjectNode body(Call call) {
    String type = call.header("content-type").orElse("");
    if (!type.startsWith("application/json")) {
      throw Refusals.bad("Content-Type specified (" + type + ") must be 'application/json'");
    }
    try {
      JsonNode body = MAPPER.readTree(call.body());
      if (body instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException notJson) {
      throw Refusals.bad("invalid JSON: " + notJson.getOriginalMessage());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    throw Refusals.bad("config cannot be empty in order to create a container");
  }

  private static String newId() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Newest first; without {@code all} only those that run. */
  private Reply list(Call call) {
    ContainerFilters filters = ContainerFilters.read(call.query("filters").orElse(""));
    int limit =
        call.query("limit").filter(n -> n.matches("\\d{1,6}")).map(Integer::valueOf).orElse(0);
    boolean all = isTrue(call, "all") || limit > 0 || filters.looksAtStates();
    List<Container> newest = new ArrayList<>(containers.all());
    Collections.reverse(newest);
    ArrayNode list = ContainerJson.list();
    for (Container container : newest) {
      boolean asked = all || ContainerJson.isRunning(container.state());
      if (asked && container.isVisible() && filters.fit(container)) {
        list.add(ContainerJson.listed(container, settings.clock().instant()));
      }
      if (limit > 0 && list.size() == limit) {
        break;
      }
    }
    return Reply.json(200, list);
  }

  static boolean isTrue(Call call, String name) {
    return call.query(name)
        .map(value -> !List.of("", "0", "no", "false", "none").contains(value))
        .orElse(false);
  }

  private Reply inspect(Call call) {
    return Reply.json(200, ContainerJson.inspected(containers.get(call.variable("id"))));
  }

  private Reply delete(Call call) throws IOException {
    Container container = containers.get(call.variable("id"));
    if (ContainerJson.isRunning(container.state()) && !isTrue(call, "force")) {
      throw Refusals.conflict(
          "You cannot remove a running container %s. Stop the container before attempting removal or force remove"
              .formatted(container.id()));
    }
    containers.remove(container);
    return Reply.empty(204).changed("container", container.id(), container.name());
  }
}
