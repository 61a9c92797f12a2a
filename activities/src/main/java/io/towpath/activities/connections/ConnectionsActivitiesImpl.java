package io.towpath.activities.connections;

import io.towpath.activities.connections.Examined.Findings;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.connections.ConnectionsActivities;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Check;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks at the platforms of one task queue. */
public final class ConnectionsActivitiesImpl implements ConnectionsActivities {
  private static final String DEFAULT = "default";

  private final Map<String, Examined> platforms;

  /**
   * @param platforms by the names under which people know them
   */
  public ConnectionsActivitiesImpl(Map<String, ? extends Examined> platforms) {
    this.platforms = new TreeMap<>(platforms);
  }

  @Override
  public List<String> names() {
    return platforms.entrySet().stream()
        .flatMap(
            platform ->
                platform.getValue().names().stream()
                    .sorted()
                    .map(name -> platform.getKey() + (name.equals(DEFAULT) ? "" : "/" + name)))
        .toList();
  }

  @Override
  public Check examine(String name) {
    int slash = name.indexOf('/');
    Examined platform = platforms.get(slash < 0 ? name : name.substring(0, slash));
    if (platform == null) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED, "this worker has no connection " + name);
    }
    Findings found = platform.examine(slash < 0 ? DEFAULT : name.substring(slash + 1));
    return new Check(name, found.missing().isEmpty(), found.full(), found.notChecked());
  }
}
