package io.towpath.sandbox.engine;

import io.towpath.sandbox.s3.ObjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs any pipeline in about a second without computing anything: one task and one small, always
 * equal object per row of the sheet.
 */
public final class SimulatedEngine implements Engine {
  private static final Duration SUBMITTED_FOR = Duration.ofMillis(200);
  private static final Duration RUNNING_FOR = Duration.ofMillis(800);

  private final ObjectStore store;
  private final InstantSource clock;
  private final double speed;
  private final Set<String> cachedTasks = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService alarm =
      Executors.newSingleThreadScheduledExecutor(SimulatedEngine::daemon);

  /**
   * @param speed divides all durations
   */
  public SimulatedEngine(ObjectStore store, InstantSource clock, double speed) {
    this.store = store;
    this.clock = clock;
    this.speed = speed;
  }

  @Override
  public Execution start(RunSpec spec) {
    Duration submitted = faster(SUBMITTED_FOR);
    Duration whole = submitted.plus(faster(RUNNING_FOR));
    SimulatedExecution run =
        new SimulatedExecution(spec, store, clock, cachedTasks, submitted, whole);
    long delay = whole.toMillis() + 1;
    Future<?> unused = alarm.schedule(run::look, delay, TimeUnit.MILLISECONDS);
    return run;
  }

  @Override
  public boolean runsAnyPipeline() {
    return true;
  }

  @Override
  public String nextflowVersion() {
    return "24.10.0";
  }

  @Override
  public void close() {
    alarm.shutdownNow();
  }

  private Duration faster(Duration duration) {
    return Duration.ofNanos((long) (duration.toNanos() / speed));
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "simulated-engine");
    thread.setDaemon(true);
    return thread;
  }
}
