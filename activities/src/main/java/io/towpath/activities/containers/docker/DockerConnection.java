package io.towpath.activities.containers.docker;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * An engine, and what all containers there get.
 *
 * @param host {@code unix:///path} or {@code tcp://host:port}, as {@code DOCKER_HOST}
 * @param network network mode; empty is the engine's own
 * @param ulimits highest values by name, such as {@code nofile}
 * @param logSize most that the engine keeps of a container's log, such as {@code 16m}
 */
public record DockerConnection(
    URI host, String network, Map<String, Long> ulimits, String logSize) {
  public static final String LOG_SIZE = "16m";

  public DockerConnection {
    boolean socket = "unix".equals(host.getScheme()) && host.getPath() != null;
    boolean remote = "tcp".equals(host.getScheme()) && host.getHost() != null && host.getPort() > 0;
    if (!socket && !remote) {
      throw new IllegalArgumentException("expected unix:///path or tcp://host:port");
    }
    if (!logSize.matches("[1-9]\\d{0,5}[km]")) {
      throw new IllegalArgumentException("expected a log size such as 16m");
    }
    ulimits = new TreeMap<>(ulimits);
  }
}
