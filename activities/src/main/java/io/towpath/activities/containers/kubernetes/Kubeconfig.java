package io.towpath.activities.containers.kubernetes;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Finds clusters as {@code kubectl} does: each context of a kubeconfig is one. */
public final class Kubeconfig {
  private static final String DEFAULT = "default";

  private Kubeconfig() {}

  /**
   * The contexts by name; the current one is {@code default} too.
   *
   * @throws IllegalArgumentException when the file cannot be read as a kubeconfig
   */
  public static Map<String, Config> contexts(Path file) {
    try {
      io.fabric8.kubernetes.api.model.Config all =
          KubeConfigUtils.parseConfigFromString(Files.readString(file));
      Map<String, Config> found = new TreeMap<>();
      for (NamedContext context : all.getContexts()) {
        Config config = Config.fromKubeconfig(context.getName(), file.toFile());
        found.put(context.getName(), config);
        if (context.getName().equals(all.getCurrentContext())) {
          found.put(DEFAULT, config);
        }
      }
      return found;
    } catch (IOException | KubernetesClientException e) {
      throw new IllegalArgumentException(file + " cannot be read as a kubeconfig", e);
    }
  }

  /** The cluster that this worker's own pod runs in. */
  public static Map<String, Config> inCluster() {
    return Map.of(DEFAULT, Config.autoConfigure(null));
  }
}
