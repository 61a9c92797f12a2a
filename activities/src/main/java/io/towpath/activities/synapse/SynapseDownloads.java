package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Signed URLs of files in Synapse, many in one call. They live 30 seconds and are never stored. */
public final class SynapseDownloads {
  /** What one call of {@code POST /fileHandle/batch} takes. */
  public static final int MOST_AT_ONCE = 100;

  private final SynapseConnections connections;

  public SynapseDownloads(SynapseConnections connections) {
    this.connections = connections;
  }

  /**
   * Signed URLs by file handle id, one call for each 100 files. Fails with {@code ACCESS_DENIED}
   * naming every file that Synapse gives no URL for.
   */
  public Map<String, URI> urls(String connection, List<FileRef> files) {
    SynapseClient client = connections.get(connection).client();
    Map<String, URI> urls = new HashMap<>();
    for (int from = 0; from < files.size(); from += MOST_AT_ONCE) {
      List<FileRef> batch = files.subList(from, Math.min(files.size(), from + MOST_AT_ONCE));
      read(client.fileUrls(request(batch)), urls);
    }
    List<String> refused = new ArrayList<>();
    for (FileRef file : files) {
      if (!urls.containsKey(file.handle())) {
        refused.add(file.id() + " (\"" + file.name() + "\")");
      }
    }
    if (!refused.isEmpty()) {
      throw new PlatformException(
          FailureKind.ACCESS_DENIED,
          "Synapse gives no download of "
              + Listing.of(refused, "; ")
              + "; ask the owners for the download right, and meet their access requirements");
    }
    return urls;
  }

  /** A request for their signed URLs. */
  static ObjectNode request(List<FileRef> files) {
    ObjectNode request =
        SynapseClient.object()
            .put("includeFileHandles", false)
            .put("includePreSignedURLs", true)
            .put("includePreviewPreSignedURLs", false);
    for (FileRef file : files) {
      request
          .withArray("requestedFiles")
          .addObject()
          .put("fileHandleId", file.handle())
          .put("associateObjectId", file.id().synapse().orElseThrow().entity())
          .put("associateObjectType", "FileEntity");
    }
    return request;
  }

  private static void read(JsonNode answer, Map<String, URI> urls) {
    for (JsonNode file : answer.path("requestedFiles")) {
      String url = file.path("preSignedURL").asText("");
      if (file.path("failureCode").asText("").isEmpty() && !url.isEmpty()) {
        urls.put(file.path("fileHandleId").asText(), URI.create(url));
      }
    }
  }
}
