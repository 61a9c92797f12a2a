package io.towpath.activities.bad.http;

import io.towpath.activities.bad.submit.SubmitsToTower;
import org.jspecify.annotations.Nullable;

/** The ground that sees what is built on it. */
public final class SeesSubmit {
  @Nullable SubmitsToTower above;
}
