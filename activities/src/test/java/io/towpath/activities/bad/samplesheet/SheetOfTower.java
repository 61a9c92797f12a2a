package io.towpath.activities.bad.samplesheet;

import io.towpath.activities.bad.tower.SeesSynapse;
import org.jspecify.annotations.Nullable;

/** A sheet that knows where it comes from. */
public final class SheetOfTower {
  @Nullable SeesSynapse source;
}
