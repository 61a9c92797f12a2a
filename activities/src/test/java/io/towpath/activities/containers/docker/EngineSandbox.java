package io.towpath.activities.containers.docker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.containers.SandboxFaults;
import io.towpath.sandbox.container.ContainerPlatform;
import io.towpath.sandbox.container.ContainerSettings;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.http.PlatformServer;
import io.towpath.sandbox.image.ImageRegistry;
import io.towpath.sandbox.image.OciImage;
import io.towpath.sandbox.image.Puller;
import io.towpath.sandbox.registry.RegistryPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The sandbox's engine with one image that it has pulled, and the registry that it came from. */
final class EngineSandbox implements AutoCloseable {
  static final String CREATE = "POST /containers/create";
  static final String START = "POST /containers/{id}/start";

  final SandboxFaults faults = new SandboxFaults();
  static final String LOGIN = "robot:password-of-the-test";

  /** Of {@code demo/private}, which only the login may pull. */
  final String privateDigest;

  private final ImageRegistry images = new ImageRegistry();
  private final PlatformServer registry;
  private final ContainerPlatform platform;
  private final PlatformServer engine;

  EngineSandbox() {
    images.publish("demo/tool", "1.0", image());
    privateDigest = images.publish("demo/private", "1.0", image());
    images.protect("demo/private", LOGIN);
    registry =
        faults.serve(new RegistryPlatform(images, InstantSource.system(), Duration.ofMinutes(5)));
    platform =
        new ContainerPlatform(
            new ContainerSettings(
                folder(), new Puller(images, registry::uri), InstantSource.system()),
            new Plans());
    engine = faults.serve(platform);
  }

  DockerConnection connection() {
    return new DockerConnection(
        URI.create("tcp://" + engine.uri().getAuthority()), "", Map.of(), "1m");
  }

  /** By its tag. */
  String imageName() {
    return registryHost() + "/demo/tool:1.0";
  }

  String registryHost() {
    return registry.uri().getAuthority();
  }

  private static OciImage image() {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.putArray("Env").add("PATH=/usr/bin:/bin");
    settings.putArray("Cmd").add("sh");
    return OciImage.build(
        List.of(OciImage.File.folder("run/secrets/")), settings, List.of("amd64", "arm64"));
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("towpath-engine");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      platform.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    engine.close();
    registry.close();
  }
}
