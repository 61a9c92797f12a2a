package io.towpath.sandbox.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.image.PathStat;
import io.towpath.sandbox.image.TarEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Files into and out of containers, as tar archives. */
final class ArchiveRoutes {
  /** Go's bits for a folder and for a symbolic link. */
  private static final long GO_FOLDER = 1L << 31;

  private static final long GO_LINK = 1L << 27;

  private final Containers containers;

  ArchiveRoutes(Containers containers) {
    this.containers = containers;
  }

  List<Route> routes() {
    return List.of(
        Route.mutating("PUT", "/containers/{id}/archive", this::put),
        Route.reading("GET", "/containers/{id}/archive", this::get),
        Route.reading("HEAD", "/containers/{id}/archive", this::head));
  }

  private Reply put(Call call) throws IOException {
    Container container = containers.get(call.variable("id"));
    String path = path(call);
    PathStat there = stat(container, path);
    if (!there.isFolder()) {
      throw Refusals.bad("extraction point is not a directory");
    }
    try {
      container.root.extract(new ByteArrayInputStream(call.body()), path);
    } catch (IOException notTar) {
      throw Refusals.bad(String.valueOf(notTar.getMessage()));
    }
    return Reply.empty(200).changed("container", container.id(), container.name());
  }

  private Reply get(Call call) throws IOException {
    Container container = containers.get(call.variable("id"));
    PathStat there = stat(container, path(call));
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    container.root.pack(path(call), archive);
    return described(Reply.bytes(200, "application/x-tar", archive.toByteArray()), there);
  }

  private Reply head(Call call) throws IOException {
    Container container = containers.get(call.variable("id"));
    return described(Reply.empty(200), stat(container, path(call)));
  }

  private static Reply described(Reply reply, PathStat there) {
    long kind = there.isFolder() ? GO_FOLDER : there.type() == TarEntry.LINK ? GO_LINK : 0;
    ObjectNode stat = JsonNodeFactory.instance.objectNode();
    stat.put("name", there.name()).put("size", there.size()).put("mode", kind | there.mode());
    stat.put("mtime", there.modified().toString()).put("linkTarget", there.link());
    byte[] json = stat.toString().getBytes(StandardCharsets.UTF_8);
    return reply.with("X-Docker-Container-Path-Stat", Base64.getEncoder().encodeToString(json));
  }

  private static String path(Call call) {
    return call.query("path")
        .filter(path -> !path.isEmpty())
        .orElseThrow(() -> Refusals.bad("bad parameter: 'path' cannot be empty"));
  }

  private static PathStat stat(Container container, String path) throws IOException {
    return container.root.stat(path).orElseThrow(() -> missing(container, path));
  }

  private static ReplyException missing(Container container, String path) {
    return Refusals.missing("Could not find the file " + path + " in container " + container.id());
  }
}
