package io.towpath.workflows.drs;

/**
 * A file whose mint may or may not have happened, where the platform cannot be asked.
 *
 * @param fileId the platform's id of the file
 * @param sends how often it was sent so far: a decision to send it again holds for this number only
 */
public record UnclearMint(String fileId, int sends) {}
