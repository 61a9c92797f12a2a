package io.towpath.worker.bad.sandbox;

import io.towpath.workflows.failure.FailureKind;

/** A stand-in that would share our mistakes. */
record SharesAType(FailureKind kind) {}
