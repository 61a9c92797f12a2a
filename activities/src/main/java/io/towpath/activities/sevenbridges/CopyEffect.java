package io.towpath.activities.sevenbridges;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.RateBudget;
import io.towpath.activities.submit.Effect;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.SpecDigest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Copies one file into a folder. The platform renames a copy whose name is taken, so a second one
 * would not be refused.
 *
 * @param original id of the file that is copied
 * @param name of the copy
 * @param folder id of the folder
 */
record CopyEffect(ProjectWriter writer, String original, String name, String folder, long sizeBytes)
    implements Effect<String> {

  @Override
  public Claim claim() {
    return writer.claim();
  }

  @Override
  public String step() {
    return "reference";
  }

  @Override
  public RunKey key() {
    SpecDigest effect = SpecDigest.of(Map.of("file", original, "name", name));
    return RunKey.of(folder, step(), original, effect, 1);
  }

  @Override
  public boolean canDouble() {
    return true;
  }

  /** What was made once is known by its id, also while the listing lags behind. */
  @Override
  public Optional<String> find() {
    Optional<String> recorded =
        writer
            .ledger()
            .recordedId(claim(), step(), key())
            .filter(id -> writer.client().file(id).isPresent());
    return recorded.isPresent()
        ? recorded
        : Optional.ofNullable(writer.files().in(folder, List.of(name)).get(name))
            .map(this::requireSame);
  }

  /** The id of the file that has the name, which must be as long as the original. */
  String requireSame(ProjectFile there) {
    if (there.folder() || there.sizeBytes() != sizeBytes) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          ReferenceCopies.FOLDER
              + "/"
              + name
              + " in the project is "
              + there.words()
              + "; the app suggests "
              + original
              + " of "
              + sizeBytes
              + " bytes; rename the one that is there");
    }
    return there.id();
  }

  @Override
  public Optional<RateBudget> quota() {
    return Optional.of(writer.client().quota());
  }

  @Override
  public String send() {
    return SevenBridgesApi.required(writer.client().copyFile(original, folder, name), "id");
  }

  @Override
  public String idOf(String made) {
    return made;
  }

  /** Files stay until a person deletes them. */
  @Override
  public Duration horizon() {
    return Duration.ofDays(90);
  }
}
