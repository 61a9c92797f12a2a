package io.towpath.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** An image that the engine has pulled; its names are guarded by the store. */
final class Image {
  final String id;
  final JsonNode config;
  final List<byte[]> layers;
  final Set<String> tags = new TreeSet<>();
  final Set<String> digests = new TreeSet<>();

  /**
   * @param id the digest of its configuration
   * @param config the whole configuration, as the image specification describes it
   */
  Image(String id, JsonNode config, List<byte[]> layers) {
    this.id = id;
    this.config = config;
    this.layers = List.copyOf(layers);
  }

  /** What a container takes over unless it says otherwise: Env, Cmd, Entrypoint, WorkingDir. */
  JsonNode settings() {
    return config.path("config");
  }

  long size() {
    return layers.stream().mapToLong(layer -> layer.length).sum();
  }
}
