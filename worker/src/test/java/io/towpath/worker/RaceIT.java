package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.worker.RaceCell.Way;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

/** Work that many start at once, and works that want the same thing at once. */
@Tag("proof")
@Tag("suite")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RaceIT {
  private static final Way KEY = RaceCell::underItsKey;
  private static final Way ANY_ID = RaceCell::underAnyId;
  private static final Way RERUN = RaceCell::asRerun;
  private static final Way SCAN = RaceCell::byScan;

  private static final int RELEASES = 8;

  private static Hook hook;
  private static Stack stack;
  private static Cell.Kind small;

  @BeforeAll
  static void start() throws IOException {
    hook = Hook.start();
    stack = KillMatrix.stack(Map.of("TOWPATH_WEBHOOKS", hook.setting()));
    small = RoundTripCell.small(stack);
  }

  @AfterAll
  static void stop() {
    stack.close();
    hook.close();
  }

  @TestFactory
  List<DynamicTest> one_request_that_many_start_is_done_once() {
    return races(small, List.of(KEY, ANY_ID, RERUN, SCAN), 2, 8);
  }

  @TestFactory
  List<DynamicTest> one_of_two_requests_for_the_same_folder_gets_it_whole() {
    return forOneFolder("folder", 1);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_of_two_requests_for_the_same_folder_gets_it_whole_every_time() {
    return forOneFolder("folders", 10);
  }

  private static List<DynamicTest> forOneFolder(String prefix, int races) {
    Map<String, Runnable> cells = new LinkedHashMap<>();
    for (int i = 0; i < races; i++) {
      Cell cell = new FolderRaceCell(stack, prefix + i);
      List<String> what = List.of("2 requests for one folder");
      cells.put("folder " + prefix + i, () -> Trial.of(cell, "race", what).run());
    }
    return AtOnce.tests(cells);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> releases_of_one_resource_are_done_one_after_the_other() {
    Cell.Kind sharing = ReleaseCell.sharing(stack, hook, "contested");
    long since = stack.now();
    Map<String, Runnable> cells = new LinkedHashMap<>();
    for (int i = 0; i < RELEASES; i++) {
      Cell cell = sharing.named("lease" + i);
      List<String> what = List.of(RELEASES + " releases of one resource");
      cells.put("lease " + i, () -> Trial.of(cell, "race", what).run());
    }
    List<DynamicTest> tests = new ArrayList<>(AtOnce.tests(cells));
    tests.add(DynamicTest.dynamicTest("none beside another", () -> neverTwo(since)));
    return tests;
  }

  /** Containers of different releases, by when they were made and when they had ended. */
  private static void neverTwo(long since) {
    List<Span> spans =
        stack.effects("container", "POST /containers/create", since).stream()
            .map(RaceIT::span)
            .toList();
    for (Span one : spans) {
      assertThat(spans)
          .filteredOn(other -> !other.release().equals(one.release()))
          .noneMatch(other -> other.from().isBefore(one.to()) && one.from().isBefore(other.to()));
    }
  }

  private record Span(String release, Instant from, Instant to) {}

  private static Span span(JsonNode made) {
    JsonNode now = stack.engine("GET", "/containers/" + made.at("/object/id").asText() + "/json");
    return new Span(
        made.at("/request/Labels/towpath.for").asText(),
        Instant.parse(made.path("at").asText()),
        Instant.parse(now.at("/State/FinishedAt").asText()));
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_round_trip_that_fifty_start_is_done_once() {
    return races(small, List.of(KEY, ANY_ID, RERUN, SCAN), 20, 50);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_sheet_that_fifty_start_is_done_once() {
    return races(CavaticaCell.kind(stack), List.of(KEY, ANY_ID, RERUN), 16, 50);
  }

  private static List<DynamicTest> races(Cell.Kind kind, List<Way> ways, int races, int starts) {
    Map<String, Runnable> cells = new LinkedHashMap<>();
    for (int i = 0; i < races; i++) {
      String name = "race" + starts + "n" + i;
      Cell cell = new RaceCell(kind.named(name), ways, starts);
      List<String> what = List.of(starts + " starts at once in " + ways.size() + " ways");
      cells.put(cell.etl() + " " + name, () -> Trial.of(cell, "race", what).run());
    }
    return AtOnce.tests(cells);
  }
}
