package io.towpath.activities.sevenbridges;

import io.towpath.activities.submit.ExactlyOnceContract;
import io.towpath.activities.submit.Settles;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.sandbox.control.Fault.Kind;
import io.towpath.sandbox.control.Journal;
import io.towpath.workflows.ledger.Claim;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** The contract for a creating call: one sandbox for all tests, a new thing for each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SevenBridgesExactlyOnce extends ExactlyOnceContract {
  private final String route;
  private final SevenBridgesSandbox sandbox = new SevenBridgesSandbox();
  private final ImportScene scene = new ImportScene(sandbox, "lab");
  private int number;

  SevenBridgesExactlyOnce(String route) {
    this.route = route;
  }

  @BeforeEach
  void beginAnew() {
    number++;
    prepare();
    sandbox.forget();
  }

  /** What the next test needs. */
  void prepare() {}

  @AfterAll
  void stop() {
    sandbox.close();
  }

  SevenBridgesSandbox sandbox() {
    return sandbox;
  }

  ImportScene scene() {
    return scene;
  }

  /** A name that no other test has used. */
  String name() {
    return "made-" + number;
  }

  Claim claim() {
    return new Claim(ImportScene.CLAIM.businessKey(), number, 1);
  }

  ProjectWriter writer() {
    return new ProjectWriter(
        claim(),
        sandbox.client(),
        new NamedFiles(sandbox.client(), () -> {}),
        new SubmitOnce(sandbox.ledger, Settles.of(SETTLE_TIME)),
        sandbox.ledger,
        sandbox.attempt());
  }

  @Override
  protected void strike(Fault fault, int times) {
    sandbox.strike(route, times, inSandbox(fault));
  }

  @Override
  protected int effects() {
    return (int)
        sandbox.effects(route).stream()
            .flatMap(effect -> effect.object().stream())
            .map(Journal.Target::id)
            .distinct()
            .count();
  }

  @Override
  protected int calls() {
    return (int) sandbox.calls(route);
  }

  private static io.towpath.sandbox.control.Fault inSandbox(Fault fault) {
    return switch (fault) {
      case REFUSE -> fault(Kind.REFUSE, 0);
      case DROP_BEFORE_COMMIT -> fault(Kind.DROP_BEFORE_COMMIT, 0);
      case DROP_AFTER_COMMIT -> fault(Kind.DROP_AFTER_COMMIT, 0);
      case LATE_COMMIT -> fault(Kind.LATE_COMMIT, 0);
      case TRUNCATED -> fault(Kind.TRUNCATE, 0);
      case BAD_GATEWAY_AFTER_COMMIT -> fault(Kind.STATUS_AFTER_COMMIT, 502);
      case UNAVAILABLE_AFTER_COMMIT -> fault(Kind.STATUS_AFTER_COMMIT, 503);
      case UNAVAILABLE_AT_ONCE -> fault(Kind.STATUS, 503);
      case REQUEST_TIMEOUT -> fault(Kind.STATUS, 408);
      case THROTTLED -> fault(Kind.STATUS, 429);
    };
  }

  private static io.towpath.sandbox.control.Fault fault(Kind kind, int code) {
    return new io.towpath.sandbox.control.Fault(
        kind,
        LATE.toMillis(),
        10,
        code,
        Map.of("Retry-After", "0"),
        Optional.of("<html>Bad gateway</html>"),
        "");
  }
}
