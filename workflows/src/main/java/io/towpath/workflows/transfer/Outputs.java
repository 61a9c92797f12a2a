package io.towpath.workflows.transfer;

import io.towpath.workflows.model.ManifestRef;

/**
 * What a run left behind.
 *
 * @param files pages of {@link OutputFile}, in path order, zero-byte objects left out
 * @param skipped objects left out by a glob
 * @param zeroByte objects of 0 bytes, which Synapse takes no file handle for
 * @param late files that the first listing had not, or not so
 * @param older objects that are older than the first launch of the run whose directory they lie in,
 *     and so are left out: they are not this run's
 */
public record Outputs(ManifestRef files, long skipped, Paths zeroByte, Paths late, Paths older) {}
