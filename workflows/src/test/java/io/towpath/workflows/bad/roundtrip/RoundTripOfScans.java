package io.towpath.workflows.bad.roundtrip;

import io.towpath.workflows.bad.scan.ScanOfRoundTrips;
import org.jspecify.annotations.Nullable;

/** An ETL that closes a cycle. */
public final class RoundTripOfScans {
  @Nullable ScanOfRoundTrips other;
}
