package io.towpath.activities.drs;

import io.towpath.activities.submit.ExactlyOnceContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A record of indexd: unique by its did, which is a function of the object. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexdExactlyOnceTest extends ExactlyOnceContract {
  private final DrsSandbox sandbox = new DrsSandbox();
  private int number;

  @BeforeEach
  void beginAnew() {
    number++;
    sandbox.settle(SETTLE_TIME);
    sandbox.forget();
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @Override
  protected void strike(Fault fault, int times) {
    sandbox.strike("indexd", DrsSandbox.RECORD, "", DrsSandbox.fault(fault), times);
  }

  @Override
  protected String submit() {
    MintScene scene = new MintScene(sandbox, MintScene.rules("indexd", ""));
    scene.file("file-" + number, "content " + number).mint();
    return scene.lines().stream().flatMap(line -> line.drsUri().stream()).findFirst().orElse("");
  }

  @Override
  protected int effects() {
    return sandbox.effects(DrsSandbox.RECORD).size();
  }

  @Override
  protected int calls() {
    return (int) sandbox.calls("indexd", DrsSandbox.RECORD);
  }
}
