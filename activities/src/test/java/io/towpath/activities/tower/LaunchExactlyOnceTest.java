package io.towpath.activities.tower;

import io.towpath.activities.submit.ExactlyOnceContract;
import io.towpath.workflows.model.RunKey;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;

/** The launch of a run, against the stand-in's real HTTP. */
class LaunchExactlyOnceTest extends ExactlyOnceContract {
  private static final RunKey KEY = new RunKey("abcdefghijklm");

  @AutoClose private final SeqeraStandIn seqera = new SeqeraStandIn(SETTLE_TIME);

  @Override
  protected void strike(Fault fault, int times) {
    seqera.strike(SeqeraStandIn.LAUNCH, times, inSandbox(fault));
  }

  @Override
  protected String submit() {
    return seqera.tower.ensureRun(seqera.request(KEY)).workflowId();
  }

  @Override
  protected int effects() {
    return seqera.launches().size();
  }

  @Override
  protected int calls() {
    return (int) seqera.calls(SeqeraStandIn.LAUNCH);
  }

  static io.towpath.sandbox.control.Fault inSandbox(Fault fault) {
    return switch (fault) {
      case REFUSE -> fault(io.towpath.sandbox.control.Fault.Kind.REFUSE, 0, Map.of());
      case DROP_BEFORE_COMMIT ->
          fault(io.towpath.sandbox.control.Fault.Kind.DROP_BEFORE_COMMIT, 0, Map.of());
      case DROP_AFTER_COMMIT ->
          fault(io.towpath.sandbox.control.Fault.Kind.DROP_AFTER_COMMIT, 0, Map.of());
      case LATE_COMMIT -> fault(io.towpath.sandbox.control.Fault.Kind.LATE_COMMIT, 0, Map.of());
      case TRUNCATED -> fault(io.towpath.sandbox.control.Fault.Kind.TRUNCATE, 0, Map.of());
      case BAD_GATEWAY_AFTER_COMMIT ->
          fault(io.towpath.sandbox.control.Fault.Kind.STATUS_AFTER_COMMIT, 502, Map.of());
      case UNAVAILABLE_AFTER_COMMIT ->
          fault(
              io.towpath.sandbox.control.Fault.Kind.STATUS_AFTER_COMMIT,
              503,
              Map.of("Retry-After", "0"));
      case UNAVAILABLE_AT_ONCE ->
          fault(io.towpath.sandbox.control.Fault.Kind.STATUS, 503, Map.of("Retry-After", "0"));
      case REQUEST_TIMEOUT -> fault(io.towpath.sandbox.control.Fault.Kind.STATUS, 408, Map.of());
      case THROTTLED -> fault(io.towpath.sandbox.control.Fault.Kind.STATUS, 429, Map.of());
    };
  }

  private static io.towpath.sandbox.control.Fault fault(
      io.towpath.sandbox.control.Fault.Kind kind, int code, Map<String, String> headers) {
    return new io.towpath.sandbox.control.Fault(
        kind, LATE.toMillis(), 10, code, headers, Optional.of("<html>Bad gateway</html>"), "");
  }
}
