package io.towpath.activities.samples;

import io.towpath.activities.samplesheet.ProblemList;
import io.towpath.activities.samplesheet.SheetRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks that reads have their mates: of each lane one first and one second file, or only a first
 * one where the sample is single-end, and both in the same order of lanes, for apps take them as
 * two lists.
 */
final class ReadPairs {
  private static final List<Orientation> ORIENTATIONS =
      List.of(
          new Orientation("read_orientation", "R1", "R2"),
          new Orientation("read_pair_number", "1", "2"));

  /** What tells pairs of one sample apart. */
  private static final List<String> PARTS =
      List.of("library_id", "read_group", "flowcell", "lane", "lane_number");

  private static final int MOST_TOLD = 10;

  private final ProblemList problems;
  private final Optional<Orientation> orientation;
  private final List<String> parts;
  private final List<String> singles = new ArrayList<>();
  private boolean paired;

  ReadPairs(List<String> header, ProblemList problems) {
    this.problems = problems;
    this.orientation =
        ORIENTATIONS.stream().filter(known -> header.contains(known.column())).findFirst();
    this.parts = PARTS.stream().filter(header::contains).toList();
  }

  /** A column that tells mates apart, and its words. */
  private record Orientation(String column, String first, String second) {}

  /** The first and the second file of one lane. */
  private static final class Lane {
    private final List<SheetRow> firsts = new ArrayList<>(1);
    private final List<SheetRow> seconds = new ArrayList<>(1);
  }

  /** Checks one sample; a sheet that does not tell orientations is taken as it is. */
  void check(SampleRows sample) {
    orientation.ifPresent(known -> check(sample, known));
  }

  /** What is right, but may not be meant. */
  List<String> warnings() {
    if (!paired || singles.isEmpty()) {
      return List.of();
    }
    String first = String.join(", ", singles.subList(0, Math.min(MOST_TOLD, singles.size())));
    int more = singles.size() - MOST_TOLD;
    return List.of(
        "single-end among paired-end samples: "
            + first
            + (more > 0 ? " and " + more + " more" : ""));
  }

  private void check(SampleRows sample, Orientation known) {
    Map<String, Lane> lanes = new LinkedHashMap<>();
    List<SheetRow> silent = new ArrayList<>();
    for (SheetRow row : sample.rows()) {
      Lane lane = lanes.computeIfAbsent(laneOf(row), name -> new Lane());
      String word = SampleRows.cell(row, known.column());
      if (word.equals(known.first())) {
        lane.firsts.add(row);
      } else if (word.equals(known.second())) {
        lane.seconds.add(row);
      } else if (word.isEmpty()) {
        silent.add(row);
      }
    }
    if (silent.size() == sample.rows().size()) {
      return;
    }
    silent.forEach(
        row -> tell(row, known, "is empty; expected " + known.first() + " or " + known.second()));
    boolean both = lanes.values().stream().anyMatch(lane -> !lane.seconds.isEmpty());
    lanes.forEach((name, lane) -> checkLane(known, lane, "sample " + sample.id() + name, both));
    checkOrder(known, lanes.values());
    paired |= both;
    if (!both) {
      singles.add(sample.id());
    }
  }

  private void checkLane(Orientation known, Lane lane, String where, boolean both) {
    requireOne(lane.firsts, known, known.first() + " of " + where);
    requireOne(lane.seconds, known, known.second() + " of " + where);
    if (lane.firsts.isEmpty() && !lane.seconds.isEmpty()) {
      missing(lane.seconds.get(0), known, known.first() + " of " + where);
    }
    if (lane.seconds.isEmpty() && !lane.firsts.isEmpty() && both) {
      missing(lane.firsts.get(0), known, known.second() + " of " + where);
    }
  }

  private void requireOne(List<SheetRow> rows, Orientation known, String what) {
    boolean lanes = parts.contains("lane") || parts.contains("lane_number");
    for (int i = 1; i < rows.size(); i++) {
      tell(
          rows.get(i),
          known,
          what
              + " stands on line "
              + rows.get(0).line()
              + " already; "
              + (lanes ? "correct one of them" : "tell the pairs apart by a column lane"));
    }
  }

  private void missing(SheetRow row, Orientation known, String what) {
    tell(row, known, "its mate " + what + " is missing; add its row");
  }

  private void checkOrder(Orientation known, Collection<Lane> lanes) {
    List<Lane> pairs = new ArrayList<>(lanes);
    pairs.removeIf(lane -> lane.firsts.size() != 1 || lane.seconds.size() != 1);
    pairs.sort(Comparator.comparingInt(lane -> lane.firsts.get(0).line()));
    int before = 0;
    for (Lane lane : pairs) {
      SheetRow second = lane.seconds.get(0);
      if (second.line() < before) {
        tell(
            second,
            known,
            "its mate on line "
                + lane.firsts.get(0).line()
                + " comes behind that of line "
                + before
                + "; give both mates in the same order of lanes, for they become two lists");
      }
      before = Math.max(before, second.line());
    }
  }

  private void tell(SheetRow row, Orientation known, String text) {
    problems.add(row.place(known.column()), text);
  }

  /** The lane of a row as it stands behind the sample's name. */
  private String laneOf(SheetRow row) {
    StringBuilder text = new StringBuilder();
    parts.forEach(
        part -> text.append(", ").append(part).append(' ').append(SampleRows.cell(row, part)));
    return text.toString();
  }
}
