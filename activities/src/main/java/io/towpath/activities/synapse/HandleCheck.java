package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.SourceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether files may be downloaded, asked for 100 files in one call: what a view shows says nothing
 * of that.
 */
final class HandleCheck {
  private final SynapseClient client;

  HandleCheck(SynapseClient client) {
    this.client = client;
  }

  /** The looks, with what stands in the way of a download as a problem. */
  Map<SourceId, FileLook> of(Map<SourceId, FileLook> looks, Runnable heartbeat) {
    Map<SourceId, FileLook> checked = new HashMap<>(looks);
    List<FileRef> files = looks.values().stream().flatMap(look -> look.file().stream()).toList();
    for (int from = 0; from < files.size(); from += SynapseDownloads.MOST_AT_ONCE) {
      List<FileRef> batch =
          files.subList(from, Math.min(files.size(), from + SynapseDownloads.MOST_AT_ONCE));
      ObjectNode request =
          SynapseDownloads.request(batch)
              .put("includeFileHandles", true)
              .put("includePreSignedURLs", false);
      Map<String, JsonNode> answers = new HashMap<>();
      client
          .fileUrls(request)
          .path("requestedFiles")
          .forEach(answer -> answers.put(answer.path("fileHandleId").asText(), answer));
      for (FileRef file : batch) {
        JsonNode answer = answers.getOrDefault(file.handle(), SynapseClient.object());
        String what = file.id() + " (\"" + file.name() + "\") ";
        if (!answer.path("failureCode").asText("").isEmpty()) {
          checked.put(
              file.id(),
              FileLook.wrong(
                  what + "may not be downloaded; ask its owner, and meet its access requirements"));
        } else if (answer.path("fileHandle").path("status").asText("").equals("ARCHIVED")) {
          checked.put(file.id(), FileLook.wrong(what + "is archived; restore it in Synapse"));
        }
      }
      heartbeat.run();
    }
    return checked;
  }
}
