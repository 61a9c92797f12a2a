package io.towpath.activities.bad.submit;

import io.towpath.activities.bad.tower.SeesSynapse;
import org.jspecify.annotations.Nullable;

/** A mechanism made for one platform. */
public final class SubmitsToTower {
  @Nullable SeesSynapse platform;
}
