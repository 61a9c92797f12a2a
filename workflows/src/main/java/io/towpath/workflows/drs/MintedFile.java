package io.towpath.workflows.drs;

import java.util.Optional;

/**
 * The DRS id of one output, a line of a page in the order of the outputs.
 *
 * @param fileId the platform's id of the file
 * @param drsUri its id, {@code drs://…}; empty where it has none
 * @param verified whether it was resolved and size and checksum agreed
 * @param minted whether this claim made it
 * @param error why there is no id, or why it does not resolve to the file
 */
public record MintedFile(
    String fileId,
    Optional<String> drsUri,
    boolean verified,
    boolean minted,
    Optional<String> error) {}
