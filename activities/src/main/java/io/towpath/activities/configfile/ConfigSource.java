package io.towpath.activities.configfile;

import io.towpath.workflows.model.SynapseId;

/** Gives configuration files that lie in Synapse; the Synapse adapter stands behind it. */
public interface ConfigSource {
  /**
   * Pins a file: the newest version where {@code id} names none. Fails with {@code INPUT_REJECTED}
   * when it is no file and with {@code ACCESS_DENIED} when it cannot be downloaded.
   */
  SynapseId pin(String connection, SynapseId id);

  /** The bytes of a pinned file, compared with their MD5. */
  byte[] read(String connection, SynapseId id);
}
