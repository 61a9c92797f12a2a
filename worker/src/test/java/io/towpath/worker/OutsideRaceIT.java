package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.worker.RaceCell.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One request that is started at once by processes of their own, a schedule and a scan. */
@Tag("devserver")
@Tag("proof")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutsideRaceIT {
  @TempDir static Path folder;
  private static ScheduleScene scene;
  private static TowpathWorker worker;
  private static Cell.Kind small;

  @BeforeAll
  static void start() throws IOException {
    scene = new ScheduleScene(folder);
    worker = scene.worker();
    small = RoundTripCell.small(scene.stack);
  }

  @AfterAll
  static void stop() {
    worker.close();
    scene.close();
  }

  @TestFactory
  List<DynamicTest> one_request_that_several_processes_start_is_done_once() {
    return race("outside", 10);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_request_that_fifty_processes_start_is_done_once() {
    return race("fifty", 50);
  }

  private static List<DynamicTest> race(String name, int starts) {
    OutsideStarts outside = new OutsideStarts(scene, folder);
    List<Way> ways =
        List.of(
            outside::byTowpath,
            outside::byTemporal,
            outside::bySchedule,
            RaceCell::byScan,
            RaceCell::asRerun);
    String what = starts + " starts at once by commands, schedules, scans and reruns";
    return AtOnce.oneByOne(Map.of(what, () -> raced(name, ways, starts, what)));
  }

  private static void raced(String name, List<Way> ways, int starts, String what) {
    Trial.of(new RaceCell(small.named(name), ways, starts), "race", List.of(what)).run();
    assertThat(worker.polls()).isTrue();
  }
}
