package io.towpath.activities.tower;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.poll.PollMemory;
import io.towpath.activities.poll.PollPace;
import io.towpath.activities.poll.PollState;
import io.towpath.activities.poll.StatusReader;
import io.towpath.workflows.tower.RunStatus;
import io.towpath.workflows.tower.WatcherActivities;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks for all runs of a workspace that somebody waits for, once in each attempt. */
public final class WatcherActivitiesImpl implements WatcherActivities {
  private static final int MOST_ALONE = 100;

  private final TowerSites sites;
  private final PollPace pace;
  private final PollMemory memory;

  /**
   * @param sites the named connections
   * @param pollFloor shortest polling interval
   * @param memory where errors in a row are kept between attempts
   */
  public WatcherActivitiesImpl(TowerSites sites, Duration pollFloor, PollMemory memory) {
    this.sites = sites;
    this.pace = new PollPace(pollFloor);
    this.memory = memory;
  }

  @Override
  public News awaitNews(Watch watch) {
    Instant now = Instant.now();
    Duration interval =
        pace.interval(Duration.between(Instant.ofEpochMilli(watch.newestMillis()), now));
    Optional<PollState> erring = memory.recall().filter(state -> state.errors() > 0);
    List<String> news;
    try {
      news = news(watch, PollPace.freshFor(interval));
    } catch (PlatformException e) {
      return unanswered(erring.orElseGet(() -> PollState.begin(now)).erred(now), e, now);
    }
    erring.ifPresent(state -> memory.keep(PollState.begin(now)));
    if (news.isEmpty()) {
      throw PollPace.stillRunning(
          watch.runIds().size() + " runs go on", PollPace.jittered(interval));
    }
    news.forEach(id -> reader(watch).forget(id));
    return new News(news, Optional.empty());
  }

  private News unanswered(PollState state, PlatformException refusal, Instant now) {
    memory.keep(state);
    if (RunAttention.overBudget(state, now)) {
      return new News(List.of(), Optional.of(String.valueOf(refusal.getMessage())));
    }
    Duration pause = PollPace.jittered(pace.afterErrors(state.errors()));
    throw PollPace.stillRunning(
        "no answer " + state.errors() + " times in a row (" + refusal.getMessage() + ")",
        refusal.retryAfter().orElse(pause));
  }

  /**
   * What no list shows, in a workspace of thousands of runs, is asked for one by one: some of it in
   * each attempt, whose time is limited.
   */
  private List<String> news(Watch watch, Duration maxAge) {
    StatusReader<RunRow> reader = reader(watch);
    Set<String> runs = new HashSet<>(watch.runIds());
    Map<String, RunRow> rows = reader.askListed(runs, maxAge);
    List<String> unlisted = new ArrayList<>(runs);
    unlisted.removeAll(rows.keySet());
    Collections.shuffle(unlisted);
    Set<String> alone = new HashSet<>(unlisted.subList(0, Math.min(MOST_ALONE, unlisted.size())));
    rows.putAll(reader.askAll(alone, maxAge));
    alone.addAll(rows.keySet());
    return watch.runIds().stream()
        .filter(id -> alone.contains(id) && isNews(rows.get(id)))
        .toList();
  }

  /** Whoever waits for a run that cannot be seen asks for it himself. */
  private static boolean isNews(@Nullable RunRow row) {
    return row == null || row.status().ended() || row.status() == RunStatus.UNKNOWN;
  }

  private StatusReader<RunRow> reader(Watch watch) {
    return sites.site(watch.connection()).reader(watch.workspaceId());
  }
}
