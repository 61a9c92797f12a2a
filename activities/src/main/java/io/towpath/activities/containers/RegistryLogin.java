package io.towpath.activities.containers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.towpath.activities.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Who the worker is at one registry of images. */
public record RegistryLogin(String host, String user, Secret password) {
  /** The value of {@code Authorization} for the registry and where it gives tokens. */
  String basic() {
    return "Basic " + Base64.getEncoder().encodeToString(bytes(user + ":" + password.reveal()));
  }

  /** The value of {@code X-Registry-Auth}, with which an engine pulls. */
  public String forEngine() {
    return Base64.getUrlEncoder()
        .encodeToString(
            bytes(
                JsonNodeFactory.instance
                    .objectNode()
                    .put("username", user)
                    .put("password", password.reveal())
                    .put("serveraddress", host)
                    .toString()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
