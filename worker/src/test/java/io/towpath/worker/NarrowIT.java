package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.worker.WorkerProcess.Place;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers that are processes on a real server, and have less than they are used to. */
@Tag("devserver")
@Tag("proof")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NarrowIT {
  /** What 256 open files leave to an installed worker, whose own jars take 153. */
  private static final int BESIDE_JARS = 256 - 153;

  /** A process that may not write one byte to any file fares as with a full disk. */
  private static final String NO_DISK = "ulimit -f 0; ";

  @TempDir static Path folder;
  private static CrashScene scene;

  @BeforeAll
  static void start() throws IOException {
    scene = new CrashScene(folder);
    scene.spare(List.of(RoundTripCell::copiedInParts, CavaticaCell::kind));
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  @TestFactory
  List<DynamicTest> work_comes_to_its_end_on_a_worker_that_has_little_of_everything() {
    return narrow(Map.of("few files, little heap, no disk", fewFiles() + NO_DISK));
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> work_comes_to_its_end_on_a_worker_that_has_little_of_one_thing() {
    return narrow(
        Map.of(
            "few files, little heap",
            fewFiles(),
            "no disk, little heap",
            NO_DISK,
            "little heap",
            ""));
  }

  private static List<DynamicTest> narrow(Map<String, String> limits) {
    Map<String, Runnable> cells = new LinkedHashMap<>();
    limits.forEach((what, line) -> cells.put(what, () -> narrow(what, line)));
    return AtOnce.oneByOne(cells);
  }

  private static void narrow(String what, String line) {
    Place place = Place.inBash(line, "-Xmx96m", "-XX:-UsePerfData");
    try (WorkerProcess worker = scene.worker(WorkerMain.class, place, Map.of())) {
      scene
          .works("narrow" + what.replaceAll("\\W", ""), Stream.of(what))
          .ended()
          .forEach(System.out::println);
      assertThat(worker.lives()).isTrue();
    }
  }

  private static String fewFiles() {
    String entries = System.getProperty("java.class.path");
    return "ulimit -n " + (entries.split(File.pathSeparator, -1).length + BESIDE_JARS) + "; ";
  }
}
