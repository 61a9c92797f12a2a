package io.towpath.workflows.model;

import java.util.Optional;

/**
 * A manifest, pinned.
 *
 * @param id the entity with its version; a view or dataset has one only if the request names it
 * @param name its file name
 * @param md5 lower-case hex MD5 of its bytes, as Synapse states it; of the sheet that a view makes
 * @param sizeBytes its size
 * @param newerVersion the newest version, where a request pinned an older one
 * @param view what makes a view or dataset a manifest; empty for a file
 */
public record ManifestVersion(
    SynapseId id,
    String name,
    Optional<String> md5,
    long sizeBytes,
    Optional<Long> newerVersion,
    Optional<View> view) {

  /**
   * A view or dataset as a manifest.
   *
   * @param query the request's query; empty for all rows and columns
   * @param result the first 8 hex digits of the SHA-256 of the sheet that it makes
   */
  public record View(Optional<String> query, String result) {}

  /** Names the content: {@code syn123.4}, or {@code syn123.q<8 hex>} of a view as it was found. */
  public String key() {
    if (id.version().isPresent()) {
      return id.value();
    }
    return view.map(found -> id + ".q" + found.result())
        .orElseThrow(
            () ->
                new IllegalArgumentException(id + " has no version, so it names no piece of work"));
  }
}
