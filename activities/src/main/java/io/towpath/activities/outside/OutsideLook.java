package io.towpath.activities.outside;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.SourceId;
import java.util.List;
import java.util.Optional;

/**
 * What a look at something outside Synapse showed.
 *
 * @param file the file to stage; empty where there is none, and for what stays in place
 * @param problem why it cannot be used; empty when it can
 * @param warnings what does not stand in the way
 */
public record OutsideLook(Optional<FileRef> file, String problem, List<String> warnings) {
  /** A file that can be fetched. */
  public static OutsideLook of(FileRef file) {
    return new OutsideLook(Optional.of(file), "", List.of());
  }

  static OutsideLook unfetched(SourceId id, PlatformException refusal) {
    return wrong(id + " cannot be fetched: " + refusal.getMessage());
  }

  public static OutsideLook wrong(String problem) {
    return new OutsideLook(Optional.empty(), problem, List.of());
  }
}
