package io.towpath.worker.bad.sandbox.s3;

import io.towpath.worker.bad.sandbox.seqera.RunInStore;

/** One half of a cycle. */
public record StoreOfRuns(RunInStore run) {}
