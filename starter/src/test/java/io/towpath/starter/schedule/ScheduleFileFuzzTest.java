package io.towpath.starter.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.towpath.starter.exit.Stop;
import io.towpath.starter.request.RequestFile;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** Files of schedules as a stranger may write them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScheduleFileFuzzTest {
  @FuzzTest
  void any_file_is_schedules_or_its_problems_are_told(byte[] bytes) {
    read(bytes);
  }

  /** A line each, as bytes of a file are unlikely to become them. */
  @FuzzTest
  void any_cadence_is_one_or_its_problems_are_told(byte[] bytes) {
    String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
    StringBuilder file = new StringBuilder("{\"schedules\":{\"a\":{\"kind\":\"manifest-scan\"");
    String[] fields = {"cron", "timeZone", "jitter", "every", "offset", "catchUpWindow"};
    for (int i = 0; i < Math.min(lines.length, fields.length); i++) {
      if (!lines[i].isEmpty()) {
        String text = '"' + lines[i].replaceAll("[\"\\\\\\x00-\\x1f]", "") + '"';
        file.append(",\"").append(fields[i]).append("\":");
        file.append(i == 0 ? "[" + text + "]" : text);
      }
    }
    read(file.append("}}}").toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void read(byte[] bytes) {
    try {
      ScheduleFile file = ScheduleFile.read(RequestFile.read("-", new ByteArrayInputStream(bytes)));

      assertThat(file.schedules()).allMatch(schedule -> !schedule.cadence().written().isEmpty());
    } catch (Stop e) {
      assertThat(e.text()).contains("standard input");
    }
  }
}
