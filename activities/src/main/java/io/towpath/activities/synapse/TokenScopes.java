package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.config.Secret;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.failure.FailureKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What a token allows. A personal access token of Synapse is a JWT that says so itself; of any
 * other token only reading shows it.
 */
final class TokenScopes {
  private static final List<String> NEEDED = List.of("view", "download", "modify");

  private final Secret token;
  private final SynapseClient client;

  TokenScopes(Secret token, SynapseClient client) {
    this.token = token;
    this.client = client;
  }

  /**
   * What was found out.
   *
   * @param missing scopes that the token has not
   * @param unknown scopes that only writing would prove
   */
  record Allowed(List<String> missing, List<String> unknown) {}

  Allowed allowed() {
    JsonNode told = claims().at("/access/scope");
    if (!told.isArray()) {
      return new Allowed(downloads() ? List.of() : List.of("download"), List.of("modify"));
    }
    List<String> missing = new ArrayList<>(NEEDED);
    told.forEach(scope -> missing.remove(scope.asText()));
    return new Allowed(missing, List.of());
  }

  private JsonNode claims() {
    String[] parts = token.reveal().split("\\.", -1);
    try {
      return parts.length == 3
          ? S3Documents.JSON.readTree(Base64.getUrlDecoder().decode(parts[1]))
          : MissingNode.getInstance();
    } catch (IOException | IllegalArgumentException e) {
      return MissingNode.getInstance();
    }
  }

  /** A batch of no files needs the scope before it is looked at. */
  private boolean downloads() {
    ObjectNode nothing = SynapseClient.object().put("includeFileHandles", true);
    nothing.put("includePreSignedURLs", false).put("includePreviewPreSignedURLs", false);
    nothing.putArray("requestedFiles");
    try {
      client.fileUrls(nothing);
      return true;
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.INPUT_REJECTED) {
        return true;
      }
      if (e.status() == 403) {
        return false;
      }
      throw e;
    }
  }
}
