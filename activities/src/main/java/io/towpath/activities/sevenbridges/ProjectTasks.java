package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tasks of one app in one project, in all states, as they were listed: over all pages, and
 * again where something may be new. A task carries an operation key when its name has it as a word,
 * or its description as our mark; a draft only by the mark, for a draft is changed and run.
 */
final class ProjectTasks {
  /** More means that paging does not end. */
  private static final int MOST_PAGES = 2_000;

  /** The platform's filter by time is coarse. */
  private static final int SLACK_DAYS = 1;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
  private static final int LENGTH_OF_TIME = 19;
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");

  private final TaskTools tools;
  private final String project;
  private final String app;
  private final Map<String, TaskRow> byId = new LinkedHashMap<>();
  private final Map<String, Set<String>> idsByKey = new LinkedHashMap<>();
  private String newest = "";
  private long listedAt;

  private ProjectTasks(TaskTools tools, DraftTasks request) {
    this.tools = tools;
    this.project = request.project();
    this.app = request.app();
  }

  /**
   * Lists them now.
   *
   * @param since the {@code created_time} of a task before which none is wanted; empty for all
   */
  static ProjectTasks listed(TaskTools tools, DraftTasks request, String since) {
    ProjectTasks tasks = new ProjectTasks(tools, request);
    tasks.list(since);
    return tasks;
  }

  /** The words of a text that may be operation keys: a key is never a part of a word. */
  static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      if (matcher.group().length() == RunKey.LENGTH) {
        words.add(matcher.group());
      }
    }
    return words;
  }

  /** Lists what is new, unless that was done after {@code asked} by {@link System#nanoTime}. */
  synchronized void refresh(long asked) {
    if (listedAt - asked < 0) {
      list(newest);
    }
  }

  /** Takes in what an answer showed, for listings lag behind. */
  synchronized void add(TaskRow row) {
    byId.put(row.id(), row);
    for (String key : keys(row)) {
      idsByKey.computeIfAbsent(key, unused -> new HashSet<>()).add(row.id());
    }
  }

  /** Forgets a task that was deleted. */
  synchronized void remove(String id) {
    byId.remove(id);
  }

  /** The tasks that carry the key, the one to keep first. */
  synchronized List<TaskRow> carrying(RunKey key) {
    return idsByKey.getOrDefault(key.value(), Set.of()).stream()
        .flatMap(id -> Optional.ofNullable(byId.get(id)).stream())
        .sorted(TaskRow.KEEP_FIRST)
        .toList();
  }

  synchronized Optional<TaskRow> best(RunKey key) {
    return carrying(key).stream().findFirst();
  }

  synchronized Collection<TaskRow> all() {
    return List.copyOf(byId.values());
  }

  private Set<String> keys(TaskRow row) {
    boolean ours = row.app().equals(app);
    Set<String> keys = ours && !row.draft() ? words(row.name()) : new HashSet<>();
    row.mark().filter(mark -> ours).ifPresent(mark -> keys.add(mark.key().value()));
    return keys;
  }

  /**
   * Pages overlap by one task. One that does not begin with a task that was seen tells that an
   * earlier one was deleted meanwhile, so that others slipped over the border unseen.
   */
  private void list(String since) {
    listedAt = System.nanoTime();
    String from = slack(since);
    Set<String> seen = new HashSet<>();
    int offset = 0;
    for (int calls = 0; calls < MOST_PAGES; calls++) {
      tools.attempt().heartbeat();
      Page page = tools.client().tasks(project, TaskRow.LISTED, from, offset);
      if (offset > 0 && !follows(page, seen)) {
        offset = Math.max(0, offset - Page.LIMIT);
        continue;
      }
      page.items().forEach(task -> take(task, seen));
      if (!page.more()) {
        return;
      }
      offset += Math.max(1, page.items().size() - 1);
    }
    throw new PlatformException(
        FailureKind.PLATFORM_UNAVAILABLE,
        "Seven Bridges gave " + MOST_PAGES + " pages of tasks of " + project + " without an end");
  }

  private static boolean follows(Page page, Set<String> seen) {
    return !page.items().isEmpty() && seen.contains(page.items().get(0).path("id").asText(""));
  }

  private void take(JsonNode task, Set<String> seen) {
    TaskRow row = TaskRow.of(task);
    seen.add(row.id());
    if (task.path("project").asText(project).equals(project)) {
      add(row);
      newest = row.created().compareTo(newest) > 0 ? row.created() : newest;
    }
  }

  /** Empty, which bounds nothing, where the time cannot be read. */
  private static String slack(String since) {
    if (since.length() < LENGTH_OF_TIME) {
      return "";
    }
    try {
      LocalDateTime time = LocalDateTime.parse(since.substring(0, LENGTH_OF_TIME), TIME);
      return time.minusDays(SLACK_DAYS).format(TIME);
    } catch (DateTimeException e) {
      return "";
    }
  }
}
