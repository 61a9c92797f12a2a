package io.towpath.workflows.transfer;

import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;

/**
 * One page of files to stage.
 *
 * @param claim the claim under which bytes are written
 * @param connection name of the Synapse connection on the worker, which gives the URLs
 * @param files pages of {@link io.towpath.workflows.model.FileRef}
 * @param page number of the page
 * @param to prefix under which the files go
 * @param result prefix of the result pages, {@code <result>000000.jsonl} and so on
 * @param rules how the files are laid out and copied
 */
public record StagePage(
    Claim claim,
    String connection,
    ManifestRef files,
    int page,
    S3Uri to,
    S3Uri result,
    StageRules rules) {}
