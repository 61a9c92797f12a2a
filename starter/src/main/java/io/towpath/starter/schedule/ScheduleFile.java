package io.towpath.starter.schedule;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.exit.Stop;
import io.towpath.starter.request.Literals;
import io.towpath.starter.request.RequestFile;
import io.towpath.starter.screen.Listing;
import io.towpath.workflows.request.Fields;
import io.towpath.workflows.request.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of schedules.
 *
 * @param owner marks the schedules of this file at the server; no other is ever touched
 */
public record ScheduleFile(String owner, List<WantedSchedule> schedules) {
  public ScheduleFile {
    schedules = List.copyOf(schedules);
  }

  /** Reads the file; every problem of every schedule ends the command, before anything changes. */
  public static ScheduleFile read(RequestFile file) {
    Reading reading = new Reading();
    ScheduleFile read =
        reading.read(
            new Literals(Reading.describe(ScheduleFile::read)).kept(file.request()),
            ScheduleFile::read);
    if (!reading.problems().isEmpty()) {
      Map<String, Object> details = new LinkedHashMap<>();
      details.put("problems", new ArrayList<>(reading.problems()));
      throw new Stop(
          ExitCode.BAD_INPUT,
          "INPUT_REJECTED",
          Listing.problems(file.name(), reading.problems()),
          details);
    }
    return read;
  }

  private static ScheduleFile read(Fields fields) {
    String owner =
        fields.text("owner", "towpath", "marks this file's schedules; one word for each file");
    return new ScheduleFile(
        owner,
        new ArrayList<>(
            fields.objectsByName("schedules", "schedules by name", WantedSchedule::read).values()));
  }
}
