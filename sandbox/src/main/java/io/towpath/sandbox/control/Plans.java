package io.towpath.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Scripts for how the next runs with a matching name go on, in place of the engine. */
public final class Plans {
  /**
   * One status of a script.
   *
   * @param status the vendor's own word, or one that it does not know
   * @param lasts how long it shows; the last step stays for good
   * @param detail error message, exit status and failed tasks, as the platform shows them; may be a
   *     missing node
   */
  public record Step(String status, Duration lasts, JsonNode detail) {}

  private static final class Plan {
    private final String platform;
    private final Pattern match;
    private final List<Step> steps;
    private int left;

    private Plan(String platform, Pattern match, List<Step> steps, int times) {
      this.platform = platform;
      this.match = match;
      this.steps = steps;
      this.left = times;
    }
  }

  private final List<Plan> plans = new ArrayList<>();
  private long last;

  /** Adds a script and returns its id; {@code match} is searched in the name, not anchored. */
  public synchronized String add(String platform, Pattern match, int times, List<Step> steps) {
    plans.add(new Plan(platform, match, List.copyOf(steps), times));
    last++;
    return "plan-" + last;
  }

  /** Takes the script for a new run, task or job with this name, if one waits for it. */
  public Optional<List<Step>> take(String platform, String name) {
    return take(platform, name, status -> true);
  }

  /** The same, passing over scripts with a status that this kind of run or job never shows. */
  public synchronized Optional<List<Step>> take(
      String platform, String name, Predicate<String> possible) {
    for (Plan plan : plans) {
      if (plan.left > 0
          && plan.platform.equals(platform)
          && plan.match.matcher(name).find()
          && plan.steps.stream().map(Step::status).allMatch(possible)) {
        plan.left--;
        return Optional.of(plan.steps);
      }
    }
    return Optional.empty();
  }

  public synchronized void clear() {
    plans.clear();
  }
}
