package io.towpath.activities.drs;

import io.towpath.workflows.drs.MintedFile;
import io.towpath.workflows.drs.UnclearMint;
import java.util.Optional;

/**
 * What became of one object.
 *
 * @param id its id; empty where it has none
 * @param error why it has none, or why it does not resolve to the file
 * @param unclear set where it may have one that nobody knows
 */
record MintResult(Optional<Minted> id, Optional<String> error, Optional<UnclearMint> unclear) {
  /** Nothing was to be minted. */
  static final MintResult NONE =
      new MintResult(Optional.empty(), Optional.empty(), Optional.empty());

  static MintResult of(Minted id, Optional<String> error) {
    return new MintResult(Optional.of(id), error, Optional.empty());
  }

  static MintResult failed(String error) {
    return new MintResult(Optional.empty(), Optional.of(error), Optional.empty());
  }

  /** The line of a file that is this object. */
  MintedFile line(String fileId) {
    return new MintedFile(
        fileId,
        id.map(Minted::uri),
        id.isPresent() && error.isEmpty(),
        id.filter(Minted::fresh).isPresent(),
        error);
  }
}
