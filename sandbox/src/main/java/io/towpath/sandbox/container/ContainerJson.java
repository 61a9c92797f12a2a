package io.towpath.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.image.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Containers as inspecting and listing show them. */
final class ContainerJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String NEVER = "0001-01-01T00:00:00Z";
  private static final DateTimeFormatter NANOS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);

  private ContainerJson() {}

  static String time(Instant at) {
    return NANOS.format(at);
  }

  static ObjectNode inspected(Container container) {
    List<String> argv = container.argv();
    ObjectNode shown = JSON.objectNode();
    shown.put("Id", container.id()).put("Created", time(container.created()));
    shown.put("Path", argv.get(0));
    argv.subList(1, argv.size()).forEach(shown.putArray("Args")::add);
    shown.set("State", state(container.state()));
    shown.put("Image", container.image().id);
    shown.put("ResolvConfPath", "").put("HostnamePath", "").put("HostsPath", "").put("LogPath", "");
    shown.put("Name", "/" + container.name()).put("RestartCount", 0);
    shown.put("Driver", "vfs").put("Platform", "linux");
    shown.put("MountLabel", "").put("ProcessLabel", "").put("AppArmorProfile", "");
    shown.putNull("ExecIDs");
    shown.set("HostConfig", hostConfig(container));
    shown.putObject("GraphDriver").put("Name", "vfs").putNull("Data");
    shown.putArray("Mounts");
    shown.set("Config", config(container));
    shown.putObject("NetworkSettings").put("IPAddress", "").putObject("Networks");
    return shown;
  }

  private static ObjectNode state(RunState state) {
    boolean running = isRunning(state);
    return JSON.objectNode()
        .put("Status", state.status())
        .put("Running", running)
        .put("Paused", state.status().equals("paused"))
        .put("Restarting", state.status().equals("restarting"))
        .put("OOMKilled", false)
        .put("Dead", state.status().equals("dead"))
        .put("Pid", running ? state.pid() : 0)
        .put("ExitCode", state.exit().orElse(0))
        .put("Error", state.error())
        .put("StartedAt", state.started().map(ContainerJson::time).orElse(NEVER))
        .put("FinishedAt", state.finished().map(ContainerJson::time).orElse(NEVER));
  }

  /** A plan may hold a started container in {@code created} for a while. */
  static boolean isRunning(RunState state) {
    return state.isAlive() && !state.status().equals(RunState.CREATED);
  }

  private static ObjectNode hostConfig(Container container) {
    ObjectNode host = JSON.objectNode();
    host.putNull("Binds").put("NetworkMode", "default").put("AutoRemove", false);
    host.put("Memory", 0).put("NanoCpus", 0).put("CpuShares", 0).put("MemorySwap", 0);
    host.put("Privileged", false).put("ReadonlyRootfs", false).put("OomKillDisable", false);
    host.putObject("RestartPolicy").put("Name", "no").put("MaximumRetryCount", 0);
    host.putObject("LogConfig").put("Type", "json-file").putObject("Config");
    container
        .body()
        .path("HostConfig")
        .properties()
        .forEach(field -> set(host, field.getKey(), field.getValue()));
    return host;
  }

  private static void set(ObjectNode to, String name, JsonNode value) {
    if (!value.isNull()) {
      to.set(name, value);
    }
  }

  private static ObjectNode config(Container container) {
    JsonNode image = container.image().settings();
    ObjectNode body = container.body();
    ObjectNode config = JSON.objectNode();
    config
        .put("Hostname", container.hostname())
        .put("Domainname", body.path("Domainname").asText());
    config.put("User", either(body, image, "User").asText(""));
    for (String flag :
        List.of("AttachStdin", "AttachStdout", "AttachStderr", "Tty", "OpenStdin", "StdinOnce")) {
      config.put(flag, body.path(flag).asBoolean());
    }
    List<String> environment = container.environment();
    environment.subList(1, environment.size()).forEach(config.putArray("Env")::add);
    config.set("Cmd", either(body, image, "Cmd"));
    config.put("Image", body.path("Image").asText());
    config.putNull("Volumes").put("WorkingDir", container.workingFolder());
    config.set("Entrypoint", either(body, image, "Entrypoint"));
    config.putNull("OnBuild");
    config.set("Labels", labels(container));
    return config;
  }

  private static JsonNode either(JsonNode body, JsonNode image, String name) {
    JsonNode own = body.path(name);
    boolean given =
        !own.isMissingNode() && !own.isNull() && !(own.isContainerNode() && own.isEmpty());
    JsonNode value = given ? own : image.path(name);
    return value.isMissingNode() ? JSON.nullNode() : value;
  }

  /** The image's labels, and the container's own over them. */
  static ObjectNode labels(Container container) {
    ObjectNode labels = JSON.objectNode();
    container
        .image()
        .settings()
        .path("Labels")
        .properties()
        .forEach(label -> labels.set(label.getKey(), label.getValue()));
    container
        .body()
        .path("Labels")
        .properties()
        .forEach(label -> labels.set(label.getKey(), label.getValue()));
    return labels;
  }

  static ObjectNode listed(Container container, Instant now) {
    RunState state = container.state();
    ObjectNode shown = JSON.objectNode().put("Id", container.id());
    shown.putArray("Names").add("/" + container.name());
    shown
        .put("Image", container.body().path("Image").asText())
        .put("ImageID", container.image().id);
    shown.put("Command", String.join(" ", container.argv()));
    shown.put("Created", container.created().getEpochSecond());
    shown.putArray("Ports");
    shown.set("Labels", labels(container));
    shown.put("State", state.status()).put("Status", status(state, now));
    shown.putObject("HostConfig").put("NetworkMode", "default");
    shown.putObject("NetworkSettings").putObject("Networks");
    shown.putArray("Mounts");
    return shown;
  }

  private static String status(RunState state, Instant now) {
    if (state.finished().isPresent()) {
      return "Exited (" + state.exit().orElse(0) + ") " + ago(state.finished(), now) + " ago";
    }
    return isRunning(state) ? "Up " + ago(state.started(), now) : "Created";
  }

  private static String ago(Optional<Instant> then, Instant now) {
    long seconds = Duration.between(then.orElse(now), now).toSeconds();
    return seconds < 1 ? "Less than a second" : seconds + (seconds == 1 ? " second" : " seconds");
  }

  static ArrayNode list() {
    return JSON.arrayNode();
  }
}
