package io.towpath.activities.synapse;

import io.towpath.activities.submit.ExactlyOnceContract;
import io.towpath.activities.submit.Settles;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.sandbox.control.Journal;
import io.towpath.workflows.ledger.Claim;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** The contract for a creating call of Synapse: one sandbox for all tests, a new thing for each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SynapseExactlyOnce extends ExactlyOnceContract {
  private final String route;
  private SynapseSandbox sandbox = new SynapseSandbox();
  private IndexScene scene = new IndexScene(sandbox);
  private int number;

  SynapseExactlyOnce(String route) {
    this.route = route;
  }

  @BeforeAll
  void prepare() {
    prepare(scene);
  }

  /** What the things need that the tests make. */
  void prepare(IndexScene place) {}

  @BeforeEach
  void beginAnew() {
    number++;
    sandbox.forget();
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  SynapseSandbox sandbox() {
    return sandbox;
  }

  String parent() {
    return scene.parent;
  }

  /** A name that no other test has used. */
  String name() {
    return "made-" + number;
  }

  Claim claim() {
    return new Claim(SynapseSandbox.CLAIM.businessKey(), number, 1);
  }

  SubmitOnce once() {
    return new SubmitOnce(sandbox.ledger, Settles.of(SETTLE_TIME));
  }

  @Override
  protected void strike(Fault fault, int times) {
    io.towpath.sandbox.control.Fault.Kind kind =
        switch (fault) {
          case REFUSE -> io.towpath.sandbox.control.Fault.Kind.REFUSE;
          case DROP_BEFORE_COMMIT -> io.towpath.sandbox.control.Fault.Kind.DROP_BEFORE_COMMIT;
          case DROP_AFTER_COMMIT -> io.towpath.sandbox.control.Fault.Kind.DROP_AFTER_COMMIT;
          case LATE_COMMIT -> io.towpath.sandbox.control.Fault.Kind.LATE_COMMIT;
          case TRUNCATED -> io.towpath.sandbox.control.Fault.Kind.TRUNCATE;
          case BAD_GATEWAY_AFTER_COMMIT, UNAVAILABLE_AFTER_COMMIT ->
              io.towpath.sandbox.control.Fault.Kind.STATUS_AFTER_COMMIT;
          case UNAVAILABLE_AT_ONCE, REQUEST_TIMEOUT, THROTTLED ->
              io.towpath.sandbox.control.Fault.Kind.STATUS;
        };
    int code =
        switch (fault) {
          case BAD_GATEWAY_AFTER_COMMIT -> 502;
          case REQUEST_TIMEOUT -> 408;
          case THROTTLED -> 429;
          default -> 503;
        };
    sandbox.strike(route, kind, LATE.toMillis(), code, times);
  }

  @Override
  protected int effects() {
    return (int)
        sandbox.effects(route).stream()
            .flatMap(e -> e.object().stream())
            .map(Journal.Target::id)
            .distinct()
            .count();
  }

  @Override
  protected int calls() {
    return (int) sandbox.calls(route);
  }
}
