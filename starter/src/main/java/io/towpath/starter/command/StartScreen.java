package io.towpath.starter.command;

import io.towpath.starter.screen.ReportScreen;
import io.towpath.starter.temporal.RunEnd;
import java.util.Optional;

/** The answer of {@code start} for people. */
final class StartScreen {
  private StartScreen() {}

  static String text(StartAnswer started) {
    Optional<RunEnd> end = started.end();
    if (end.isPresent()) {
      return ReportScreen.ended(started.workflowId(), started.generation(), end.get());
    }
    return started.workflowId()
        + (started.started() ? "  started" : "  was running already")
        + ", generation "
        + started.generation()
        + "\nwatch it with: towpath status "
        + started.workflowId()
        + " --follow";
  }
}
