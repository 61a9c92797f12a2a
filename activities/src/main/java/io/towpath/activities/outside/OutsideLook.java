package io.towpath.activities.outside;

import io.towpath.workflows.model.FileRef;
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
  static OutsideLook wrong(String problem) {
    return new OutsideLook(Optional.empty(), problem, List.of());
  }
}
