package io.towpath.workflows.sevenbridges;

import java.util.Optional;

/**
 * One file of a sheet in the project, a line of a page in the order of the sheet's files.
 *
 * @param fileId its id; empty where it could not be imported
 * @param name its name
 * @param sizeBytes its size
 * @param reused whether it was there before
 * @param error why it is not there, in the platform's words
 */
public record ImportedFile(
    Optional<String> fileId, String name, long sizeBytes, boolean reused, Optional<String> error) {}
