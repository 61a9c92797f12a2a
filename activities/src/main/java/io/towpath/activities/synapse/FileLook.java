package io.towpath.activities.synapse;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.outside.OutsideLook;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.model.SynapseId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One referenced file as it was found: the file to fetch, or why it cannot be fetched.
 *
 * @param file the file, pinned to its version; empty when there is a problem
 * @param problem what was found, what is expected, and what to do; empty when it can be fetched
 * @param outdated says that there is a newer version; empty when there is none
 * @param warnings what else does not stand in the way
 */
record FileLook(
    Optional<FileRef> file, String problem, Optional<String> outdated, List<String> warnings) {
  /** Nothing is wrong, and there is nothing to stage. */
  static final FileLook FINE = new FileLook(Optional.empty(), "", Optional.empty(), List.of());

  private static final Map<String, String> KINDS =
      Map.of(
          "Folder", "a folder",
          "Project", "a project",
          "Link", "a link to another entity",
          "TableEntity", "a table",
          "EntityView", "a view",
          "Dataset", "a dataset");

  /** What a look outside Synapse showed. */
  static FileLook of(OutsideLook look) {
    return new FileLook(look.file(), look.problem(), Optional.empty(), look.warnings());
  }

  /** Looks at a reference, with what was seen of it within the last minutes. */
  static FileLook at(SynapseId id, SynapseAccount account) {
    try {
      return judged(account.seen().get(id));
    } catch (PlatformException e) {
      return switch (e.status()) {
        case 404 -> wrong(missing(id, account));
        case 403 ->
            wrong(
                id
                    + " may not be seen by "
                    + account.user().name()
                    + "; ask its owner for the download right");
        case 400 -> wrong(id + " is refused by Synapse: " + e.getMessage());
        default -> throw e;
      };
    }
  }

  private static String missing(SynapseId id, SynapseAccount account) {
    if (id.version().isEmpty()) {
      return id + " does not exist, or lies in the trash; expected the id of a file";
    }
    try {
      SeenFile newest = SeenFile.of(account.client().bundle(id.entity(), OptionalLong.empty()));
      return id
          + " does not exist; \""
          + newest.name()
          + "\" has versions up to "
          + newest.id()
          + "; name one of them, or none for the newest";
    } catch (PlatformException e) {
      return id.entity() + " does not exist, or lies in the trash; expected the id of a file";
    }
  }

  private static FileLook judged(SeenFile seen) {
    String what = seen.id() + " (\"" + seen.name() + "\")";
    if (!seen.isFile()) {
      return wrong(
          what
              + " is "
              + KINDS.getOrDefault(seen.type(), "a " + seen.type())
              + "; expected a file: name the files in it one by one");
    }
    if (seen.unmet()) {
      return wrong(
          what
              + " is locked by an access requirement; meet it at https://www.synapse.org/Synapse:"
              + seen.id().entity());
    }
    if (seen.handle().isEmpty()) {
      return wrong(what + " may be seen but not downloaded; ask its owner for the download right");
    }
    return handleJudged(seen, seen.handle().get(), what);
  }

  private static FileLook handleJudged(SeenFile seen, SeenFile.Handle handle, String what) {
    if (handle.status().equals("ARCHIVED")) {
      return wrong(what + " is archived; restore it in Synapse, or upload it again");
    }
    if (handle.externalHost().isPresent()) {
      return wrong(
          what
              + " is only a link to "
              + handle.externalHost().get()
              + "; store the file in Synapse, or write its https:// address into the sheet");
    }
    if (!handle.type().equals("S3FileHandle") && !handle.type().equals("GoogleCloudFileHandle")) {
      return wrong(
          what + " is kept as " + handle.type() + ", which cannot be fetched; store it in Synapse");
    }
    String name = seen.fileName();
    if (name.contains("/") || name.chars().anyMatch(c -> c < ' ') || name.matches("\\.{1,2}")) {
      return wrong(what + " would be stored under a name that is no file name; rename it");
    }
    return new FileLook(
        Optional.of(ref(seen, handle)),
        "",
        seen.latest() ? Optional.empty() : Optional.of(what + " is not the newest version"),
        doubts(handle.sizeBytes(), handle.md5(), what));
  }

  private static FileRef ref(SeenFile seen, SeenFile.Handle handle) {
    return new FileRef(
        SourceId.of(seen.id()),
        seen.fileName(),
        "",
        handle.id(),
        handle.sizeBytes(),
        handle.md5(),
        handle.bucket(),
        handle.key());
  }

  /** What makes one doubt a file that can be fetched. */
  static List<String> doubts(long sizeBytes, Optional<String> md5, String what) {
    List<String> warnings = new ArrayList<>();
    if (sizeBytes == 0) {
      warnings.add(what + " is empty (0 bytes)");
    }
    if (md5.isEmpty()) {
      warnings.add(what + " has no MD5 in Synapse, so its copy cannot be compared");
    }
    return List.copyOf(warnings);
  }

  static FileLook wrong(String problem) {
    return new FileLook(Optional.empty(), problem, Optional.empty(), List.of());
  }
}
