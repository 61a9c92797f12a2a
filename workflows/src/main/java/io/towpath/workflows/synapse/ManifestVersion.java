package io.towpath.workflows.synapse;

import io.towpath.workflows.model.SynapseId;
import java.util.Optional;

/**
 * A manifest, pinned.
 *
 * @param id the entity with its version
 * @param name its file name
 * @param md5 lower-case hex MD5 of its bytes, as Synapse states it
 * @param sizeBytes its size
 * @param newerVersion the newest version, where a request pinned an older one
 */
public record ManifestVersion(
    SynapseId id, String name, Optional<String> md5, long sizeBytes, Optional<Long> newerVersion) {}
