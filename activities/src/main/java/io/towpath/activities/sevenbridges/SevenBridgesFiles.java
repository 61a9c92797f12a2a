package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.outside.FileUrl;
import io.towpath.activities.outside.OutsideLook;
import io.towpath.activities.outside.OutsidePlatform;
import io.towpath.activities.samplesheet.FileNames;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.SourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files that sheets name as {@code sbg://<file id>}. The platform states no checksum. An id stands
 * for its bytes for ever, as an overwritten file gets a new one; only behind an id that lies on a
 * volume the object may become another.
 */
public final class SevenBridgesFiles implements OutsidePlatform {
  private static final String SCHEME = "sbg://";

  private final SevenBridgesAccounts accounts;

  public SevenBridgesFiles(SevenBridgesAccounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public List<OutsideLook> look(String connection, List<SourceId> ids, Runnable heartbeat) {
    SevenBridgesClient client = accounts.get(connection).client();
    Downloads downloads = new Downloads(client);
    List<OutsideLook> looks = new ArrayList<>();
    for (List<SourceId> some : Parts.of(ids, SevenBridgesApi.BULK)) {
      heartbeat.run();
      List<JsonNode> items = client.getFiles(some.stream().map(SevenBridgesFiles::fileId).toList());
      if (items.size() != some.size()) {
        throw new PlatformException(
            FailureKind.PLATFORM_UNAVAILABLE,
            "Seven Bridges answered " + items.size() + " of " + some.size() + " files");
      }
      for (int i = 0; i < some.size(); i++) {
        looks.add(look(some.get(i), items.get(i), downloads));
      }
    }
    return looks;
  }

  @Override
  public FileUrl url(String connection, SourceId id) {
    String url = accounts.get(connection).client().downloadUrl(fileId(id));
    return new FileUrl(url, Map.of());
  }

  private static String fileId(SourceId id) {
    return id.value().substring(SCHEME.length());
  }

  private static OutsideLook look(SourceId id, JsonNode item, Downloads downloads) {
    JsonNode resource = item.path("resource");
    if (!resource.hasNonNull("id")) {
      BulkError error = BulkError.of(item);
      error.requireClear();
      return OutsideLook.wrong(id + refusal(error));
    }
    ProjectFile file = ProjectFile.of(resource);
    if (file.folder()) {
      return OutsideLook.wrong(
          named(id, file) + " is a folder; expected a file: name the files in it one by one");
    }
    if (!resource.path("size").canConvertToLong()) {
      return OutsideLook.wrong(
          named(id, file) + " has no size, so its bytes are not there; upload or import it again");
    }
    boolean pinned = file.source().isEmpty();
    return (pinned
            ? downloads.lack(file, resource.path("project").asText(""))
            : Optional.<String>empty())
        .map(lack -> OutsideLook.wrong(named(id, file) + lack))
        .orElseGet(() -> OutsideLook.of(ref(id, file, pinned ? id.value() : "")));
  }

  private static String refusal(BulkError error) {
    return switch (error.status()) {
      case 404 -> " does not exist on Seven Bridges; expected sbg:// and the id of a file";
      case 403 -> " may not be seen by the worker's account; have it added to the file's project";
      default -> " is refused by Seven Bridges: " + error.words();
    };
  }

  private static String named(SourceId id, ProjectFile file) {
    return id + " (\"" + FileNames.shown(file.name()) + "\")";
  }

  private static FileRef ref(SourceId id, ProjectFile file, String handle) {
    return new FileRef(
        id,
        file.name(),
        "",
        handle,
        file.sizeBytes(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Whether files may be downloaded. That is a right in their project, so the first file of each
   * project is asked for; files on volumes are asked for one by one anyway.
   */
  private static final class Downloads {
    private final SevenBridgesClient client;
    private final Map<String, Optional<String>> lackByProject = new TreeMap<>();

    Downloads(SevenBridgesClient client) {
      this.client = client;
    }

    Optional<String> lack(ProjectFile file, String project) {
      Optional<String> known = lackByProject.get(project);
      if (known != null) {
        return known;
      }
      try {
        client.downloadUrl(file.id());
        lackByProject.put(project, Optional.empty());
        return Optional.empty();
      } catch (PlatformException e) {
        if (e.kind().retryable()) {
          throw e;
        }
        Optional<String> lack =
            Optional.of(
                " may be seen but not downloaded: "
                    + e.getMessage()
                    + (e.kind() == FailureKind.ACCESS_DENIED
                        ? "; ask for the right to copy in project " + project
                        : ""));
        if (e.kind() == FailureKind.ACCESS_DENIED) {
          lackByProject.put(project, lack);
        }
        return lack;
      }
    }
  }
}
