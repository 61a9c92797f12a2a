package io.towpath.sandbox;

import io.towpath.sandbox.container.ContainerPlatform;
import io.towpath.sandbox.container.ContainerSettings;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.http.Platform;
import io.towpath.sandbox.image.ImageRegistry;
import io.towpath.sandbox.registry.RegistryPlatform;
import io.towpath.sandbox.seed.ReleaseDemo;
import io.towpath.sandbox.synapse.SynapseSeed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The image registry and what runs images, each on a port of its own. */
final class ReleaseStands implements AutoCloseable {
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

  private final ImageRegistry registry = new ImageRegistry();
  private final ContainerPlatform containers;
  private final Map<String, String> env = new LinkedHashMap<>();

  /**
   * Serves them.
   *
   * @param folder where containers have their roots
   * @param serve serves a platform on a port and answers its URL
   */
  ReleaseStands(Path folder, InstantSource clock, Plans plans, Function<Platform, URI> serve) {
    URI registryUri = serve.apply(new RegistryPlatform(registry, clock, TOKEN_LIFE));
    containers =
        new ContainerPlatform(
            new ContainerSettings(folder, registry, () -> registryUri, clock), plans);
    URI engine = serve.apply(containers);
    env.put("DOCKER_HOST", "tcp://" + engine.getAuthority());
    env.put("TOWPATH_REGISTRY", registryUri.getAuthority());
  }

  /** What a client needs to know of them; interface.md section 3. */
  Map<String, String> env() {
    return Collections.unmodifiableMap(env);
  }

  /** Plants the demo's release and returns dotted names with their ids. */
  Map<String, String> plant(SynapseSeed synapse, String project) {
    return ReleaseDemo.plant(synapse, project, registry, env.getOrDefault("TOWPATH_REGISTRY", ""));
  }

  @Override
  public void close() throws IOException {
    containers.close();
  }
}
