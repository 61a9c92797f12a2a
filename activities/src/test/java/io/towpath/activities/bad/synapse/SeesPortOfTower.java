package io.towpath.activities.bad.synapse;

import io.towpath.activities.bad.tower.SeesSynapse;
import io.towpath.workflows.tower.TowerActivities;
import org.jspecify.annotations.Nullable;

/** An adapter that calls the port of another one, and closes a cycle. */
public final class SeesPortOfTower {
  @Nullable TowerActivities port;
  @Nullable SeesSynapse back;
}
