package io.towpath.starter.screen;

import io.towpath.workflows.progress.StageView;
import io.towpath.workflows.progress.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Shows a run's stages as they go on: on a terminal one redrawn line per stage, in a pipe one line
 * with its time per change.
 */
public final class StageLines {
  private static final int TEXT_WIDTH = 68;

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

  /** The whole block, one line per stage and one for what a person should look at. */
  public List<String> lines(StatusView view) {
    List<String> lines = new ArrayList<>();
    for (StageView stage : view.stages()) {
      addStage(lines, stage);
    }
    String attention = attention(view);
    if (!attention.isEmpty()) {
      lines.add(screen.painted("attention", screen.fitted("  " + attention)));
    }
    return lines;
  }

  private void addStage(List<String> lines, StageView stage) {
    String took = took(stage);
    String text = took.isEmpty() ? stage.text() : pad(stage.text(), TEXT_WIDTH) + "  " + took;
    String plain = "  " + pad(stage.state(), 9) + " " + pad(stage.name(), 8) + " " + text;
    String url = stage.url().map(u -> "   " + u).orElse("");
    boolean together = screen.fits(plain + url);
    String line = screen.fitted(together ? plain + url : plain).stripTrailing();
    lines.add(line.replaceFirst(stage.state(), screen.painted(stage.state(), stage.state())));
    if (!together) {
      lines.add(screen.fitted(" ".repeat(18) + url));
    }
  }

  private void printChanges(StatusView view) {
    for (StageView stage : view.stages()) {
      if (stage.state().equals("waiting")) {
        continue;
      }
      String url = stage.url().map(u -> "   " + u).orElse("");
      String took = stage.until().isPresent() ? "   " + took(stage) : "";
      change(stage.name(), pad(stage.state(), 9) + " " + stage.text() + took + url);
    }
    change("attention", attention(view));
  }

  private void change(String name, String text) {
    String before = shown.put(name, text);
    if (!text.equals(before == null ? "" : before) && !text.isBlank()) {
      Instant now = screen.now().truncatedTo(ChronoUnit.SECONDS);
      screen.line((now + "  " + pad(name, 9) + " " + text).stripTrailing());
    }
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
        .filter(since -> !stage.state().equals("waiting"))
        .map(since -> Spans.of(Duration.between(since, stage.until().orElse(screen.now()))))
        .orElse("");
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }
}
