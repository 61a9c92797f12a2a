package io.towpath.activities.containers.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.workflows.containers.ContainerEnd;
import io.towpath.workflows.containers.ContainerEnd.How;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The same on a real engine: {@code towpath.engine} is its socket, and it holds {@code
 * localhost/towpath-busybox:1}.
 */
@Tag("containers")
@EnabledIfSystemProperty(named = "towpath.engine", matches = ".+")
class RealEngineIT extends EngineSuite {
  @Override
  DockerConnection connection() {
    return new DockerConnection(
        URI.create("unix://" + System.getProperty("towpath.engine")),
        "host",
        Map.of("nofile", 1_000L, "nproc", 1_000L),
        "1m");
  }

  @Override
  String image() {
    return "localhost/towpath-busybox:1";
  }

  @Test
  void too_little_memory_is_suspected() {
    scene().forget();

    ContainerEnd end =
        scene().end(scene().request("awk", "BEGIN { for (;;) a[i++] = \"0123456789\" i }"));

    assertThat(end.how()).isEqualTo(How.OUT_OF_MEMORY);
    assertThat(end.exitCode()).contains(137);
  }
}
