package io.towpath.activities.transfer;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.S3Uri;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where files are staged to. Their names were given by people: S3 takes nearly anything, so a name
 * is kept as it is or refused, never changed.
 */
final class StagedKeys {
  private static final int MOST_NAMED = 25;

  private StagedKeys() {}

  /**
   * The place of each distinct file, in order. Fails with {@code INPUT_REJECTED} naming every file
   * that cannot be placed.
   */
  static Map<FileRef, S3Uri> place(List<FileRef> files, S3Uri to, String layout) {
    if (!layout.equals("idFolders")) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED, "stage.layout is \"" + layout + "\"; expected idFolders");
    }
    Map<FileRef, S3Uri> places = new LinkedHashMap<>();
    List<String> refused = new ArrayList<>();
    for (FileRef file : files) {
      Optional<String> wrong = wrongWith(file, to);
      if (wrong.isPresent()) {
        refused.add(file.id() + " (\"" + printable(file.name()) + "\") " + wrong.get());
      } else {
        places.putIfAbsent(file, to.resolve(below(file)));
      }
    }
    if (!refused.isEmpty()) {
      throw refusal(refused);
    }
    return places;
  }

  private static Optional<String> wrongWith(FileRef file, S3Uri to) {
    String name = file.name();
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      return Optional.of("has no usable name");
    }
    if (name.indexOf('/') >= 0) {
      return Optional.of("has a / in its name");
    }
    if (name.codePoints().anyMatch(StagedKeys::unusable)) {
      return Optional.of("has a control character or half a character in its name");
    }
    String key = to.asFolder().key() + below(file);
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    return bytes > S3Uri.MAX_KEY_BYTES
        ? Optional.of("would get a key of " + bytes + " bytes; S3 takes " + S3Uri.MAX_KEY_BYTES)
        : Optional.empty();
  }

  private static String below(FileRef file) {
    return file.id().value() + "/" + file.name();
  }

  private static boolean unusable(int character) {
    return Character.isISOControl(character)
        || Character.getType(character) == Character.SURROGATE
        || character == 0xFFFE
        || character == 0xFFFF;
  }

  private static String printable(String name) {
    StringBuilder shown = new StringBuilder();
    name.codePoints().limit(80).forEach(c -> shown.appendCodePoint(unusable(c) ? 0xFFFD : c));
    return shown.toString();
  }

  private static PlatformException refusal(List<String> refused) {
    int more = refused.size() - MOST_NAMED;
    return new PlatformException(
        FailureKind.INPUT_REJECTED,
        "files that cannot be staged under their names: "
            + String.join("; ", refused.subList(0, Math.min(refused.size(), MOST_NAMED)))
            + (more > 0 ? "; and " + more + " more" : "")
            + ". Rename them in Synapse, or leave them out of the manifest");
  }
}
