package io.towpath.workflows.bad.scan;

import io.towpath.workflows.bad.roundtrip.RoundTripOfScans;
import org.jspecify.annotations.Nullable;

/** An ETL that sees another one. */
public final class ScanOfRoundTrips {
  @Nullable RoundTripOfScans other;
}
