package io.towpath.workflows.connections;

import io.temporal.activity.ActivityInterface;
import io.towpath.workflows.model.Check;
import java.util.List;

/** Looks at what a worker reaches on one task queue. Everything here is safe to repeat. */
@ActivityInterface(namePrefix = "Connections")
public interface ConnectionsActivities {
  /** What there is: {@code seqera}, and {@code seqera/lab} for a connection with a name. */
  List<String> names();

  /**
   * Asks the platform who we are there and what we may. A right that is missing makes the check not
   * ok; a platform that refuses the credential, or does not answer, fails.
   */
  Check examine(String name);
}
