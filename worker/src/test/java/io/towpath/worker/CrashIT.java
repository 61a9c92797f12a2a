package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers that are processes, and die, stand still or are replaced at any time, which a seed draws
 * ({@link Seeds}). How long work stands still then and how many bytes are sent twice is measured
 * and told, and nothing depends on it.
 */
@Tag("devserver")
@Tag("proof")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CrashIT {
  private static final int KILLS = 3;
  private static final int DEPLOYMENTS = 2;
  private static final int DRAWN = Integer.getInteger("towpath.crashes", 1);

  @TempDir static Path folder;
  private static CrashScene scene;

  @BeforeAll
  static void start() throws IOException {
    scene = new CrashScene(folder);
    scene.spare(List.of(RoundTripCell::copiedInParts, ScanCell::kind, CavaticaCell::kind));
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  @TestFactory
  List<DynamicTest> workers_killed_at_any_time_are_taken_over_by_another() {
    return seeded("kills", DRAWN, (name, seed) -> kills(name, seed, ImpatientWorker.class));
  }

  @TestFactory
  List<DynamicTest> a_worker_that_wakes_up_after_another_took_over_does_no_harm() {
    return seeded("stop", DRAWN, CrashIT::stopped);
  }

  @TestFactory
  List<DynamicTest> work_goes_on_when_workers_are_deployed_anew() {
    return seeded("deployment", DRAWN, CrashIT::deployments);
  }

  @TestFactory
  List<DynamicTest> work_comes_to_its_end_when_the_clock_is_set_ahead_and_back()
      throws IOException {
    FakeClock clock = clock();
    return seeded("clock", DRAWN, (name, seed) -> jumps(name, seed, clock, "5m"));
  }

  /** Beyond what S3 takes for a signature's time; a run that seems old is asked for seldom. */
  @TestFactory
  @Tag("matrix")
  List<DynamicTest> work_comes_to_its_end_when_the_clock_is_set_hours_ahead_and_back()
      throws IOException {
    FakeClock clock = clock();
    return seeded("hours", 1, (name, seed) -> jumps(name, seed, clock, "2h"));
  }

  private static FakeClock clock() throws IOException {
    return FakeClock.in(folder)
        .orElseGet(() -> Assumptions.abort("libfaketime is not here: install faketime"));
  }

  /** With the time-outs that users have. */
  @TestFactory
  @Tag("matrix")
  List<DynamicTest> deployed_workers_killed_at_any_time_are_taken_over_by_another() {
    return seeded("patience", 1, (name, seed) -> kills(name, seed, WorkerMain.class));
  }

  private static List<DynamicTest> seeded(
      String kind, int drawn, BiConsumer<String, Long> happening) {
    Map<String, Runnable> cells = new LinkedHashMap<>();
    for (long seed : Seeds.of(kind, drawn)) {
      String name = kind + " seed=" + seed;
      cells.put(name, () -> happening.accept(name, seed));
    }
    return AtOnce.oneByOne(cells);
  }

  /** Two workers; the one that is there for longer is killed, and another one takes its place. */
  private static void kills(String name, long seed, Class<?> main) {
    String blow = main.equals(WorkerMain.class) ? "SIGKILL, time-outs as deployed," : "SIGKILL";
    List<Integer> moments = scene.moments(seed, KILLS);
    Deque<WorkerProcess> workers = new ArrayDeque<>();
    try {
      workers.add(scene.worker(main));
      workers.add(scene.worker(main));
      Works works = scene.works(name, moments.stream().map(calls -> told(blow, calls)));
      for (int moment : moments) {
        works.await(moment);
        works.strike(workers.remove()::kill);
        workers.add(scene.worker(main));
      }
      works.ended().forEach(System.out::println);
      assertThat(workers).allMatch(WorkerProcess::lives);
    } finally {
      workers.forEach(WorkerProcess::close);
    }
  }

  /**
   * A worker that has everything in hand stands still for longer than anybody waits for a
   * heartbeat, and goes on while another one does. What it is at it may bring to an end before the
   * work is judged.
   */
  private static void stopped(String name, long seed) {
    List<Integer> moments = scene.moments(seed, 2);
    try (WorkerProcess zombie = scene.worker(ImpatientWorker.class)) {
      Works works = scene.works(name, Stream.of(told("SIGSTOP", moments.get(0))));
      works.await(moments.get(0));
      works.strike(zombie::stop);
      Instant longEnough = Instant.now().plus(SoonNoticed.Limits.OF_THE_DEAD.silence());
      try (WorkerProcess next = scene.worker(ImpatientWorker.class)) {
        works.await(moments.get(1));
        Awaitility.await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> Instant.now().isAfter(longEnough));
        zombie.goOn();
        assertThat(zombie.drains()).isTrue();
        works.ended().forEach(System.out::println);
        assertThat(next.lives()).isTrue();
      }
    }
  }

  /** Ahead, then behind, and all that measures time goes on. */
  private static void jumps(String name, long seed, FakeClock clock, String far) {
    List<Integer> moments = scene.moments(seed, 2);
    clock.set("+0");
    try (WorkerProcess worker = scene.worker(ImpatientWorker.class, clock.place(), Map.of())) {
      Works works =
          scene.works(name, moments.stream().map(calls -> told("a clock set by " + far, calls)));
      works.await(moments.get(0));
      works.strike(() -> clock.set("+" + far));
      works.await(moments.get(1));
      works.strike(() -> clock.set("-" + far));
      works.ended().forEach(System.out::println);
      assertThat(worker.lives()).isTrue();
    }
  }

  /** As a deployment does: the new one is there, then the old one is told to go. */
  private static void deployments(String name, long seed) {
    List<Integer> moments = scene.moments(seed, DEPLOYMENTS);
    Deque<WorkerProcess> workers = new ArrayDeque<>();
    try {
      workers.add(scene.worker(ImpatientWorker.class));
      Works works = scene.works(name, moments.stream().map(calls -> told("SIGTERM", calls)));
      for (int moment : moments) {
        works.await(moment);
        workers.add(scene.worker(ImpatientWorker.class));
        works.strike(() -> assertThat(workers.remove().drains()).isTrue());
      }
      works.ended().forEach(System.out::println);
      assertThat(workers).allMatch(WorkerProcess::lives);
    } finally {
      workers.forEach(WorkerProcess::close);
    }
  }

  private static String told(String signal, int calls) {
    return signal + " after " + calls + " calls";
  }
}
