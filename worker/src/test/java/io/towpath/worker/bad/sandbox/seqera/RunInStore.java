package io.towpath.worker.bad.sandbox.seqera;

import io.towpath.worker.bad.sandbox.s3.StoreOfRuns;

/** The other half of a cycle. */
public record RunInStore(StoreOfRuns store) {}
