package io.towpath.workflows.sevenbridges;

import java.util.Optional;

/**
 * What became of one file of an import page, a line of a page in the order of the files.
 *
 * @param importId the job's id, where one was sent
 * @param fileId the file's id, where it was there already
 * @param error why neither is the case
 */
public record ImportJob(
    Optional<String> importId, Optional<String> fileId, Optional<String> error) {}
