package io.towpath.workflows.bad.progress;

import io.towpath.workflows.bad.scan.ScanOfRoundTrips;
import org.jspecify.annotations.Nullable;

/** Something shared that serves one ETL. */
public final class SharedButNot {
  @Nullable ScanOfRoundTrips etl;
}
