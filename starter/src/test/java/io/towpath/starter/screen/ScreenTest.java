package io.towpath.starter.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.workflows.model.Problem;
import io.towpath.workflows.progress.StageView;
import io.towpath.workflows.progress.StatusView;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScreenTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:12Z");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Screen screen(boolean terminal) {
    return new Screen(
        new PrintStream(bytes, true, StandardCharsets.UTF_8),
        terminal,
        false,
        120,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static StatusView view(String runState, String runText) {
    Instant began = NOW.minusSeconds(11);
    return new StatusView(
        "round-trip",
        "round-trip/syn1.1/reads",
        "round-trip/syn1.1/reads",
        Optional.empty(),
        1,
        true,
        "run",
        List.of(
            new StageView(
                "check",
                "done",
                "3 samples, 6 files",
                Optional.empty(),
                Optional.of(began),
                Optional.of(began.plusMillis(300))),
            new StageView(
                "run",
                runState,
                runText,
                Optional.of("http://127.0.0.1:1/watch/3Kx"),
                Optional.of(began),
                Optional.empty()),
            new StageView(
                "index", "waiting", "", Optional.empty(), Optional.empty(), Optional.empty())),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Map.of(),
        List.of());
  }

  @Test
  void a_pipe_gets_one_timestamped_line_per_change() {
    StageLines lines = new StageLines(screen(false));
    lines.show(view("running", "RUNNING 3 of 9 tasks"));
    lines.show(view("running", "RUNNING 3 of 9 tasks"));
    lines.show(view("running", "RUNNING 9 of 9 tasks"));

    assertThat(shown())
        .isEqualToNormalizingNewlines(
            """
            2026-11-23T10:00:12Z  check     done      0.3 s   3 samples, 6 files
            2026-11-23T10:00:12Z  run       running   RUNNING 3 of 9 tasks
                      http://127.0.0.1:1/watch/3Kx
            2026-11-23T10:00:12Z  run       running   RUNNING 9 of 9 tasks
                      http://127.0.0.1:1/watch/3Kx
            """);
  }

  @Test
  void a_pipe_gets_what_is_too_long_for_a_line_below_it() {
    StageLines lines = new StageLines(screen(false));
    lines.show(view("running", "word ".repeat(30)));

    assertThat(shown().lines())
        .allMatch(line -> line.length() <= 100)
        .anyMatch(line -> line.startsWith("          word word"));
  }

  @Test
  void a_terminal_gets_one_redrawn_line_per_stage() {
    StageLines lines = new StageLines(screen(true));
    lines.show(view("running", "RUNNING 3 of 9 tasks"));
    lines.show(view("running", "RUNNING 9 of 9 tasks"));

    assertThat(shown()).contains("\033[4A\033[0J").doesNotContain("\033[32m");
    assertThat(shown()).contains("  done      check    3 samples, 6 files").contains("11.0 s");
    assertThat(shown().lines().allMatch(line -> line.length() <= 120)).isTrue();
  }

  @Test
  void problems_are_laid_out_with_their_places() {
    assertThat(
            Listing.problems(
                "r.yaml",
                List.of(
                    new Problem("runs[0].revison", "unknown field; did you mean \"revision\"?"),
                    new Problem("samples.csv:4, column fastq_2 of sheet", "may not be read"))))
        .isEqualTo(
            """
            2 problems in r.yaml; nothing was started.

              runs[0].revison           unknown field; did you mean "revision"?
              samples.csv:4, column fastq_2 of sheet
                                        may not be read\
            """);
  }

  @Test
  void sizes_and_times_are_written_for_people() {
    assertThat(Spans.bytes(829_000)).isEqualTo("829 kB");
    assertThat(Spans.bytes(1_400_000_000)).isEqualTo("1.4 GB");
    assertThat(Spans.bytes(0)).isEqualTo("0 B");
    assertThat(Spans.of(Duration.ofMillis(300))).isEqualTo("0.3 s");
    assertThat(Spans.of(Duration.ofMinutes(130))).isEqualTo("2 h 10 min");
    assertThat(Spans.of(Duration.ofSeconds(245))).isEqualTo("4 min 5 s");
  }
}
