package io.towpath.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.sandbox.image.ImageName;
import io.towpath.sandbox.image.ImageRegistry;
import io.towpath.sandbox.image.ImageRegistry.Manifest;
import io.towpath.sandbox.image.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The images that the engine has. */
final class Images {
  /** Says why an image cannot be pulled. */
  static final class NotPulled extends Exception {
    private static final long serialVersionUID = 1;
    final int status;

    NotPulled(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern ID = Pattern.compile("(?:sha256:)?([a-f0-9]{4,64})");

  private final ContainerSettings settings;
  private final Map<String, Image> byId = new LinkedHashMap<>();

  Images(ContainerSettings settings) {
    this.settings = settings;
  }

  synchronized List<Image> all() {
    return List.copyOf(byId.values());
  }

  /** The image that a name, a name with digest, an id or the beginning of an id means. */
  synchronized Optional<Image> find(String name) {
    Optional<Image> named = ImageName.parse(name).flatMap(this::find);
    if (named.isPresent() || !ID.matcher(name).matches()) {
      return named;
    }
    String hex = name.replace("sha256:", "");
    return byId.values().stream().filter(image -> image.id.startsWith("sha256:" + hex)).findFirst();
  }

  private Optional<Image> find(ImageName name) {
    return byId.values().stream()
        .filter(image -> image.tags.contains(name.full()) || image.digests.contains(name.full()))
        .findFirst();
  }

  /**
   * Brings an image from the registry.
   *
   * @param architecture in the words of Go: amd64, arm64
   * @return the digest of what the name names
   */
  String pull(ImageName name, String architecture) throws NotPulled {
    String host = name.host();
    int port = settings.registryUri().get().getPort();
    if (!host.equals("127.0.0.1:" + port) && !host.equals("localhost:" + port)) {
      throw new NotPulled(
          500, "Get \"https://" + host + "/v2/\": dial tcp: lookup " + host + ": no such host");
    }
    ImageRegistry registry = settings.registry();
    if (!registry.has(name.path())) {
      throw new NotPulled(
          404,
          "pull access denied for "
              + name.repository()
              + ", repository does not exist or may require 'docker login'");
    }
    Manifest named = manifest(name, name.reference());
    Manifest manifest = named;
    if (named.mediaType().equals(MediaType.INDEX)) {
      manifest = manifest(name, platform(json(named.content()), architecture));
    }
    keep(name, named.digest(), json(manifest.content()));
    return named.digest();
  }

  private Manifest manifest(ImageName name, String reference) throws NotPulled {
    return settings
        .registry()
        .manifest(name.path(), reference)
        .orElseThrow(
            () ->
                new NotPulled(
                    404,
                    "manifest for "
                        + name.full()
                        + " not found: manifest unknown: manifest unknown"));
  }

  private static String platform(JsonNode index, String architecture) throws NotPulled {
    for (JsonNode entry : index.path("manifests")) {
      if (entry.at("/platform/architecture").asText().equals(architecture)) {
        return entry.path("digest").asText();
      }
    }
    throw new NotPulled(
        404, "no matching manifest for linux/" + architecture + " in the manifest list entries");
  }

  private synchronized void keep(ImageName name, String digest, JsonNode manifest) {
    String id = manifest.at("/config/digest").asText();
    Image image = byId.get(id);
    if (image == null) {
      List<byte[]> layers = new ArrayList<>();
      manifest.path("layers").forEach(layer -> layers.add(blob(name, layer.path("digest"))));
      image = new Image(id, json(blob(name, manifest.at("/config/digest"))), layers);
      byId.put(id, image);
    }
    if (name.digest().isEmpty()) {
      byId.values().forEach(other -> other.tags.remove(name.full()));
      image.tags.add(name.full());
    }
    image.digests.add(name.repository() + "@" + digest);
  }

  private byte[] blob(ImageName name, JsonNode digest) {
    return settings.registry().blob(name.path(), digest.asText()).orElseThrow();
  }

  private static JsonNode json(byte[] content) {
    try {
      return MAPPER.readTree(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
