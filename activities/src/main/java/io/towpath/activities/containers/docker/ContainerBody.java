package io.towpath.activities.containers.docker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.workflows.containers.ContainerSpec;
import io.towpath.workflows.containers.RunContainer;

/** The body of {@code POST /containers/create}; it holds paths of secrets, never secrets. */
final class ContainerBody {
  static final String KEY = "towpath.key";
  static final String DIGEST = "towpath.digest";

  private static final long MIB = 1L << 20;
  private static final double NANOS = 1e9;

  private ContainerBody() {}

  static ObjectNode of(RunContainer request, DockerConnection connection) {
    ContainerSpec spec = request.spec();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("Image", spec.image());
    spec.command().forEach(body.putArray("Cmd")::add);
    ArrayNode environment = body.putArray("Env");
    spec.environment().forEach((name, value) -> environment.add(name + "=" + value));
    spec.secrets()
        .keySet()
        .forEach(name -> environment.add(name + "_FILE=" + SecretFiles.path(name)));
    body.putObject("Labels")
        .put(KEY, request.key().value())
        .put(DIGEST, spec.digest().value())
        .put("towpath.for", request.claim().businessKey());
    ObjectNode host = body.putObject("HostConfig");
    host.put("Memory", spec.memoryMb() * MIB);
    host.put("NanoCpus", (long) (spec.cpus() * NANOS));
    if (!connection.network().isEmpty()) {
      host.put("NetworkMode", connection.network());
    }
    host.putObject("LogConfig")
        .put("Type", "json-file")
        .putObject("Config")
        .put("max-size", connection.logSize());
    ArrayNode ulimits = host.putArray("Ulimits");
    connection
        .ulimits()
        .forEach(
            (name, most) ->
                ulimits.addObject().put("Name", name).put("Soft", most).put("Hard", most));
    return body;
  }
}
