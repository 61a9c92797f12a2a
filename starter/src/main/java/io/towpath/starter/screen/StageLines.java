package io.towpath.starter.screen;

import io.towpath.workflows.progress.StageView;
import io.towpath.workflows.progress.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Shows a run's stages as they go on: on a terminal one redrawn line per stage, in a pipe one line
 * with its time per change, and more below it where there is much to say.
 */
public final class StageLines {
  private static final int TEXT_WIDTH = 46;
  private static final int PIPE_WIDTH = 100;
  private static final String BELOW = " ".repeat(10);

  private final Screen screen;
  private final Map<String, String> shown = new TreeMap<>();

  public StageLines(Screen screen) {
    this.screen = screen;
  }

  /** Shows where the run stands now. */
  public void show(StatusView view) {
    if (screen.terminal()) {
      screen.redraw(lines(view));
    } else {
      printChanges(view);
    }
  }

  /** The whole block: each stage, and what a person should look at. */
  public List<String> lines(StatusView view) {
    List<String> lines = stages(view.stages());
    String attention = attention(view);
    if (!attention.isEmpty()) {
      Wrapping.lines(attention, Wrapping.COLUMNS - 2)
          .forEach(line -> lines.add(screen.painted("attention", "  " + line)));
    }
    return lines;
  }

  /** Each stage on one line, or on more when it has much to say. */
  public List<String> stages(List<StageView> stages) {
    List<String> lines = new ArrayList<>();
    stages.forEach(stage -> addStage(lines, stage));
    return lines;
  }

  private void addStage(List<String> lines, StageView stage) {
    String head = "  " + pad(stage.state(), 9) + " " + pad(stage.name(), 8) + " ";
    String indent = " ".repeat(head.length());
    String took = took(stage);
    for (String part : Wrapping.lines(stage.text(), TEXT_WIDTH)) {
      String line = head + (took.isEmpty() ? part : pad(part, TEXT_WIDTH) + "  " + took);
      lines.add(
          line.stripTrailing()
              .replaceFirst(stage.state(), screen.painted(stage.state(), stage.state())));
      head = indent;
      took = "";
    }
    url(stage).ifPresent(url -> lines.add(indent + url));
  }

  /** Where to look further, unless the text has it already. */
  private static Optional<String> url(StageView stage) {
    return stage.url().filter(url -> !stage.text().contains(url));
  }

  private void printChanges(StatusView view) {
    for (StageView stage : view.stages()) {
      if (stage.state().equals("waiting")) {
        continue;
      }
      String took =
          stage.until().isPresent() && !took(stage).isEmpty() ? pad(took(stage), 6) + "  " : "";
      change(stage.name(), pad(stage.state(), 9) + " " + took + stage.text(), url(stage));
    }
    change("attention", attention(view), Optional.empty());
  }

  private void change(String name, String text, Optional<String> url) {
    String all = text + url.map("\n"::concat).orElse("");
    String before = shown.put(name, all);
    if (!all.equals(before == null ? "" : before) && !all.isBlank()) {
      Instant now = screen.now().truncatedTo(ChronoUnit.SECONDS);
      screen.line(laidOut(now + "  " + pad(name, 9) + " " + all));
    }
  }

  /** In one piece: others may print to the same place. */
  private static String laidOut(String text) {
    String first = Wrapping.lines(text, PIPE_WIDTH).get(0);
    StringBuilder lines = new StringBuilder(first.stripTrailing());
    String rest = text.substring(first.length()).strip();
    if (!rest.isEmpty()) {
      Wrapping.lines(rest, PIPE_WIDTH - BELOW.length())
          .forEach(line -> lines.append(System.lineSeparator()).append(BELOW).append(line.strip()));
    }
    return lines.toString();
  }

  private static String attention(StatusView view) {
    String paused = view.paused() ? "paused; go on with: towpath resume " + view.workflowId() : "";
    return view.attention()
        .map(word -> word + "  " + view.attentionReason().orElse(""))
        .orElse(paused);
  }

  private String took(StageView stage) {
    return stage
        .since()
        .filter(since -> !stage.state().equals("waiting") && !stage.state().equals("skipped"))
        .map(since -> Spans.of(Duration.between(since, stage.until().orElse(screen.now()))))
        .orElse("");
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }
}
