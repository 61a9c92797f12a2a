package io.towpath.activities.containers.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.Dialect;
import java.util.regex.Pattern;

/**
 * {@code {"message"}}; podman adds {@code cause} and answers 500 where Docker has a status of its
 * own (measured with podman 4.3.1).
 */
final class DockerDialect implements Dialect {
  private static final Pattern TAKEN = Pattern.compile("(?i).*\\bname is already in use.*");
  private static final Pattern CANNOT_RUN =
      Pattern.compile(
          "(?is).*(executable file not found|OCI permission denied|command that was not found"
              + "|invalid container name).*");

  @Override
  public String words(JsonNode error) {
    return error.path("message").asText("");
  }

  @Override
  public int statusOf(int status, JsonNode error) {
    String words = error.path("message").asText("") + " " + error.path("cause").asText("");
    if (status != 500) {
      return status;
    }
    if (TAKEN.matcher(words).matches()) {
      return 409;
    }
    return CANNOT_RUN.matcher(words).matches() ? 400 : status;
  }
}
