package io.towpath.activities.containers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The worker's logins at registries ({@code TOWPATH_REGISTRY_LOGINS}), as references that are
 * resolved when a registry is asked: to {@code user:password}, or to what {@code docker login}
 * leaves in {@code config.json}.
 */
public final class RegistryLogins {
  private final Map<String, String> references;
  private final WorkerSecrets secrets;

  /**
   * @param references by the registry's host and port, as they stand before an image's name; {@code
   *     docker.io} is Docker Hub
   */
  public RegistryLogins(Map<String, String> references, WorkerSecrets secrets) {
    this.references = Map.copyOf(references);
    this.secrets = secrets;
  }

  /** The login for the registry of an image; empty where the worker has none. */
  public Optional<RegistryLogin> of(String image) {
    ImageName name = ImageName.of(image);
    String host = name.onHub() ? "docker.io" : name.host();
    return Optional.ofNullable(references.get(host))
        .map(reference -> login(host, secrets.own(reference).reveal()));
  }

  private RegistryLogin login(String host, String value) {
    String text = value.strip().startsWith("{") ? ofConfig(host, value) : value.strip();
    int colon = text.indexOf(':');
    if (colon < 1 || colon == text.length() - 1) {
      throw new PlatformException(
          FailureKind.ACCESS_DENIED,
          "the login for "
              + host
              + " that TOWPATH_REGISTRY_LOGINS names is none; expected user:password, or a"
              + " config.json with its auth");
    }
    return new RegistryLogin(
        host, text.substring(0, colon), secrets.remembered(text.substring(colon + 1)));
  }

  /** Docker calls its own registry by an address of old. */
  private static String ofConfig(String host, String json) {
    try {
      JsonNode auths = S3Documents.JSON.readTree(json).path("auths");
      String name = host.equals("docker.io") ? "https://index.docker.io/v1/" : host;
      String auth = auths.path(name).path("auth").asText("");
      return new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return "";
    }
  }
}
