package io.towpath.activities.bad.tower;

import io.towpath.activities.bad.synapse.SeesPortOfTower;
import org.jspecify.annotations.Nullable;

/** An adapter that sees another one. */
public final class SeesSynapse {
  @Nullable SeesPortOfTower other;
}
