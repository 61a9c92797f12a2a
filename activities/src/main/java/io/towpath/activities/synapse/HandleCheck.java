package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.workflows.model.FileRef;
import java.util.ArrayList;
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

  /** The looks, in their order, with what stands in the way of a download as a problem. */
  List<FileLook> of(List<FileLook> looks, Runnable heartbeat) {
    List<FileRef> files = looks.stream().flatMap(look -> look.file().stream()).toList();
    Map<String, JsonNode> answers = new HashMap<>();
    for (int from = 0; from < files.size(); from += SynapseDownloads.MOST_AT_ONCE) {
      List<FileRef> batch =
          files.subList(from, Math.min(files.size(), from + SynapseDownloads.MOST_AT_ONCE));
      ObjectNode request =
          SynapseDownloads.request(batch)
              .put("includeFileHandles", true)
              .put("includePreSignedURLs", false);
      client
          .fileUrls(request)
          .path("requestedFiles")
          .forEach(answer -> answers.put(answer.path("fileHandleId").asText(), answer));
      heartbeat.run();
    }
    List<FileLook> checked = new ArrayList<>();
    for (FileLook look : looks) {
      checked.add(look.file().map(file -> checked(look, file, answers)).orElse(look));
    }
    return checked;
  }

  private static FileLook checked(FileLook look, FileRef file, Map<String, JsonNode> answers) {
    JsonNode answer = answers.getOrDefault(file.handle(), SynapseClient.object());
    String what = file.id() + " (\"" + file.name() + "\") ";
    if (!answer.path("failureCode").asText("").isEmpty()) {
      return FileLook.wrong(
          what + "may not be downloaded; ask its owner, and meet its access requirements");
    }
    return answer.path("fileHandle").path("status").asText("").equals("ARCHIVED")
        ? FileLook.wrong(what + "is archived; restore it in Synapse")
        : look;
  }
}
