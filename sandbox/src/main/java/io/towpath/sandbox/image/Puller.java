package io.towpath.sandbox.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.sandbox.image.ImageRegistry.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Brings images from the sandbox's registry, past its port: no other registry is reached. */
public final class Puller {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * An image of one platform.
   *
   * @param digest of what the name names, an index perhaps
   * @param id the digest of the configuration
   * @param config the whole configuration, as the image specification describes it
   */
  public record Pulled(String digest, String id, JsonNode config, List<byte[]> layers) {}

  /** Says why an image cannot be pulled, with the status of a Docker daemon. */
  public static final class NotPulled extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;

    NotPulled(int status, String message) {
      super(message);
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  private final ImageRegistry registry;
  private final Supplier<URI> uri;

  /**
   * @param uri where the registry is served; its host and port stand before images' names
   */
  public Puller(ImageRegistry registry, Supplier<URI> uri) {
    this.registry = registry;
    this.uri = uri;
  }

  /** This machine's architecture, in the words of Go. */
  public static String architecture() {
    String name = System.getProperty("os.arch", "amd64");
    return switch (name) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> name;
    };
  }

  /** Whether the name is of this registry. */
  public boolean reaches(ImageName name) {
    int port = uri.get().getPort();
    return name.host().equals("127.0.0.1:" + port) || name.host().equals("localhost:" + port);
  }

  /**
   * Brings the image for anybody.
   *
   * @param architecture in the words of Go: amd64, arm64
   */
  public Pulled pull(ImageName name, String architecture) throws NotPulled {
    return pull(name, architecture, ImageRegistry.ANYBODY);
  }

  /**
   * Brings the image.
   *
   * @param login {@code user:password}
   */
  public Pulled pull(ImageName name, String architecture, String login) throws NotPulled {
    if (!reaches(name)) {
      String host = name.host();
      throw new NotPulled(
          500, "Get \"https://" + host + "/v2/\": dial tcp: lookup " + host + ": no such host");
    }
    if (!registry.has(name.path()) || !registry.mayPull(name.path(), login)) {
      throw new NotPulled(
          404,
          "pull access denied for "
              + name.repository()
              + ", repository does not exist or may require 'docker login'");
    }
    Manifest named = manifest(name, name.reference());
    boolean single = named.mediaType().equals(MediaType.MANIFEST);
    JsonNode top = json(named.content());
    JsonNode manifest = single ? top : json(manifest(name, platform(top, architecture)).content());
    JsonNode config = manifest.at("/config/digest");
    List<byte[]> layers = new ArrayList<>();
    manifest.path("layers").forEach(layer -> layers.add(blob(name, layer.path("digest"))));
    return new Pulled(named.digest(), config.asText(), json(blob(name, config)), layers);
  }

  private Manifest manifest(ImageName name, String reference) throws NotPulled {
    return registry
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

  private byte[] blob(ImageName name, JsonNode digest) {
    return registry.blob(name.path(), digest.asText()).orElseThrow();
  }

  private static JsonNode json(byte[] content) {
    try {
      return MAPPER.readTree(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
