package io.towpath.activities.samples;

import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.samples.SheetVersion;

/** Gives sample sheets that lie in Synapse; the Synapse adapter stands behind it. Read-only. */
public interface SheetSource {
  /**
   * Pins a file: the newest version where {@code id} names none. Fails with {@code INPUT_REJECTED}
   * when it is no file and with {@code ACCESS_DENIED} when it cannot be downloaded.
   *
   * @param connection name of the connection on the worker
   */
  SheetVersion pin(String connection, SynapseId id);

  /**
   * The bytes of a pinned sheet, compared with their MD5. Fails with {@code CHECKSUM_MISMATCH} when
   * they differ.
   */
  byte[] read(SheetVersion sheet);
}
