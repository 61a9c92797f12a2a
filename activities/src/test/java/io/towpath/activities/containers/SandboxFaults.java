package io.towpath.activities.containers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.towpath.activities.submit.ExactlyOnceContract;
import io.towpath.sandbox.control.Counters;
import io.towpath.sandbox.control.Fault;
import io.towpath.sandbox.control.Fault.Kind;
import io.towpath.sandbox.control.FaultRule;
import io.towpath.sandbox.control.Faults;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.control.Mask;
import io.towpath.sandbox.http.Platform;
import io.towpath.sandbox.http.PlatformServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stand-ins on ports, what strikes them and what they remember. */
public final class SandboxFaults {
  private final Journal journal = new Journal(InstantSource.system(), new Mask());
  private final Counters counters = new Counters();
  private final Faults faults = new Faults();

  public PlatformServer serve(Platform platform) {
    return new PlatformServer(platform, new PlatformServer.Watch(journal, counters, faults), 0);
  }

  /** The next calls of the route meet what the contract strikes with. */
  public void strike(
      String platform, String route, int times, ExactlyOnceContract.Fault fault, Duration late) {
    faults.add(
        new FaultRule(
            platform,
            route,
            0,
            times,
            Optional.empty(),
            inSandbox(fault, late),
            JsonNodeFactory.instance.objectNode()));
  }

  /** Calls of a route that changed something. */
  public List<Journal.Effect> effects(String route) {
    return journal.list(0, effect -> effect.route().equals(route) && effect.committed());
  }

  /** Calls of a route, whatever their answer. */
  public int calls(String route) {
    return (int)
        counters.list().stream()
            .filter(count -> count.route().equals(route))
            .mapToLong(Counters.Count::count)
            .sum();
  }

  /** What a new test does not want to know. */
  public void forget() {
    journal.clear();
    counters.clear();
    faults.clear();
  }

  private static Fault inSandbox(ExactlyOnceContract.Fault fault, Duration late) {
    return switch (fault) {
      case REFUSE -> fault(Kind.REFUSE, 0, late);
      case DROP_BEFORE_COMMIT -> fault(Kind.DROP_BEFORE_COMMIT, 0, late);
      case DROP_AFTER_COMMIT -> fault(Kind.DROP_AFTER_COMMIT, 0, late);
      case LATE_COMMIT -> fault(Kind.LATE_COMMIT, 0, late);
      case TRUNCATED -> fault(Kind.TRUNCATE, 0, late);
      case BAD_GATEWAY_AFTER_COMMIT -> fault(Kind.STATUS_AFTER_COMMIT, 502, late);
      case UNAVAILABLE_AFTER_COMMIT -> fault(Kind.STATUS_AFTER_COMMIT, 503, late);
      case UNAVAILABLE_AT_ONCE -> fault(Kind.STATUS, 503, late);
      case REQUEST_TIMEOUT -> fault(Kind.STATUS, 408, late);
      case THROTTLED -> fault(Kind.STATUS, 429, late);
    };
  }

  private static Fault fault(Kind kind, int code, Duration late) {
    return new Fault(
        kind,
        late.toMillis(),
        10,
        code,
        Map.of("Retry-After", "0"),
        Optional.of("<html>Bad gateway</html>"),
        "");
  }
}
