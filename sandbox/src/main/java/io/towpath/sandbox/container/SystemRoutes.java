package io.towpath.sandbox.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.image.Puller;
import java.util.List;

/** What the engine says of itself. */
final class SystemRoutes {
  private static final String ENGINE = "20.10.24";

  private final Containers containers;
  private final Images images;

  SystemRoutes(Containers containers, Images images) {
    this.containers = containers;
    this.images = images;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("GET", "/_ping", call -> Reply.text(200, "text/plain; charset=utf-8", "OK")),
        Route.reading("GET", "/version", call -> Reply.json(200, version())),
        Route.reading("GET", "/info", call -> Reply.json(200, info())));
  }

  /** Everything twice, as the daemon tells it: the client prints the component's details. */
  private static ObjectNode version() {
    ObjectNode details =
        JsonNodeFactory.instance
            .objectNode()
            .put("ApiVersion", DockerRouter.VERSION)
            .put("MinAPIVersion", "1.12")
            .put("GitCommit", "sandbox")
            .put("GoVersion", "none")
            .put("Os", "linux")
            .put("Arch", Puller.architecture())
            .put("KernelVersion", System.getProperty("os.version", ""))
            .put("BuildTime", "2026-11-02T09:00:00.000000000+00:00");
    ObjectNode version = details.deepCopy().put("Version", ENGINE);
    version.putObject("Platform").put("Name", "Towpath sandbox");
    ObjectNode engine = version.putArray("Components").addObject();
    engine.put("Name", "Engine").put("Version", ENGINE);
    engine.set("Details", details.put("Experimental", "false"));
    return version;
  }

  private ObjectNode info() {
    List<Container> all = containers.all();
    long running = all.stream().filter(container -> container.state().isAlive()).count();
    ObjectNode info = JsonNodeFactory.instance.objectNode();
    info.put("ID", "TOWP:ATHS").put("Name", "towpath-sandbox").put("ServerVersion", ENGINE);
    info.put("Containers", all.size()).put("ContainersRunning", running);
    info.put("ContainersPaused", 0).put("ContainersStopped", all.size() - running);
    info.put("Images", images.all().size()).put("Driver", "vfs").put("LoggingDriver", "json-file");
    info.put("MemoryLimit", false).put("SwapLimit", false).put("OomKillDisable", false);
    info.put("OperatingSystem", "Towpath sandbox").put("OSType", "linux");
    info.put("Architecture", System.getProperty("os.arch", "amd64"));
    info.put("KernelVersion", System.getProperty("os.version", ""));
    info.put("NCPU", Runtime.getRuntime().availableProcessors()).put("MemTotal", 8L << 30);
    info.putArray("Warnings").add("WARNING: No memory limit support");
    info.put("CgroupDriver", "none").put("CgroupVersion", "2");
    info.putObject("Plugins").putArray("Log").add("json-file");
    return info;
  }
}
