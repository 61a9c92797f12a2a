package io.towpath.sandbox.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads tasks from Nextflow's trace file and, for those not ended yet, from what it prints. */
final class NextflowTrace {
  private static final List<String> COLUMNS =
      List.of(
          "task_id",
          "hash",
          "native_id",
          "process",
          "tag",
          "status",
          "exit",
          "cpus",
          "memory",
          "submit",
          "start",
          "complete",
          "realtime",
          "%cpu",
          "peak_rss",
          "read_bytes",
          "write_bytes",
          "workdir");

  /** The columns of the trace file, as its configuration names them. */
  static final String FIELDS = String.join(",", COLUMNS);

  private static final Pattern SUBMITTED =
      Pattern.compile("\\[(\\w\\w/\\w{6})] Submitted process > (\\S+?)(?: \\((.*)\\))?");

  private final Path file;
  private final String workDir;
  private final Path localWork;

  /**
   * @param workDir the work directory as the platform shows it
   * @param localWork the same on this machine
   */
  NextflowTrace(Path file, String workDir, Path localWork) {
    this.file = file;
    this.workDir = workDir;
    this.localWork = localWork;
  }

  /**
   * All tasks in the order of their numbers.
   *
   * @param ended whether the run is over, so that what has not ended was aborted
   */
  List<TaskRecord> tasks(List<String> log, boolean ended) {
    Map<String, TaskRecord> byHash = new LinkedHashMap<>();
    for (TaskRecord task : traced()) {
      byHash.put(task.place().hash(), task);
    }
    long next = byHash.values().stream().mapToLong(TaskRecord::id).max().orElse(0) + 1;
    for (String line : log) {
      Matcher submitted = SUBMITTED.matcher(line.strip());
      if (submitted.matches() && !byHash.containsKey(submitted.group(1))) {
        byHash.put(submitted.group(1), underWay(next++, submitted, ended));
      }
    }
    return List.copyOf(byHash.values());
  }

  private List<TaskRecord> traced() {
    List<TaskRecord> tasks = new ArrayList<>();
    if (!Files.exists(file)) {
      return tasks;
    }
    try {
      List<String> lines = Files.readAllLines(file);
      for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
        String[] cells = line.split("\t", -1);
        if (cells.length == COLUMNS.size()) {
          tasks.add(task(named(cells)));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
    tasks.sort(java.util.Comparator.comparingLong(TaskRecord::id));
    return tasks;
  }

  private TaskRecord task(Map<String, String> row) {
    Path folder = Path.of(row.getOrDefault("workdir", ""));
    TaskRecord.Place place =
        place(folder, row.getOrDefault("hash", ""), row.getOrDefault("native_id", ""));
    return new TaskRecord(
        number(row, "task_id"),
        row.getOrDefault("process", ""),
        row.getOrDefault("tag", "").replaceFirst("^-$", ""),
        row.getOrDefault("status", "COMPLETED"),
        exit(row.getOrDefault("exit", "-")),
        new TaskRecord.Times(
            instant(row, "submit"), instant(row, "start"), instant(row, "complete")),
        place,
        new TaskRecord.Usage(
            (int) Math.max(1, number(row, "cpus")),
            number(row, "memory"),
            number(row, "realtime"),
            decimal(row, "%cpu"),
            number(row, "peak_rss"),
            number(row, "read_bytes"),
            number(row, "write_bytes")));
  }

  private TaskRecord underWay(long id, Matcher line, boolean ended) {
    Optional<String> tag = Optional.ofNullable(line.group(3));
    return new TaskRecord(
        id,
        line.group(2),
        tag.orElse(""),
        ended ? "ABORTED" : "RUNNING",
        Optional.empty(),
        new TaskRecord.Times(Optional.empty(), Optional.empty(), Optional.empty()),
        new TaskRecord.Place(line.group(1), "", workDir + "/" + line.group(1), "", ""),
        new TaskRecord.Usage(1, 0, 0, 0, 0, 0, 0));
  }

  private TaskRecord.Place place(Path folder, String hash, String nativeId) {
    String shown = workDir + "/" + hash;
    if (folder.startsWith(localWork)) {
      shown = workDir + "/" + localWork.relativize(folder);
    }
    return new TaskRecord.Place(
        hash,
        nativeId,
        shown,
        text(folder.resolve(".command.sh")),
        text(folder.resolve(".command.log")));
  }

  private static String text(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static Map<String, String> named(String[] cells) {
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < COLUMNS.size(); i++) {
      row.put(COLUMNS.get(i), cells[i]);
    }
    return row;
  }

  private static Optional<Integer> exit(String cell) {
    return cell.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(cell)) : Optional.empty();
  }

  private static Optional<Instant> instant(Map<String, String> row, String column) {
    long millis = number(row, column);
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static long number(Map<String, String> row, String column) {
    String cell = row.getOrDefault(column, "-");
    return cell.matches("\\d{1,18}") ? Long.parseLong(cell) : 0;
  }

  private static double decimal(Map<String, String> row, String column) {
    String cell = row.getOrDefault(column, "-");
    return cell.matches("\\d+(\\.\\d+)?") ? Double.parseDouble(cell) : 0;
  }
}
