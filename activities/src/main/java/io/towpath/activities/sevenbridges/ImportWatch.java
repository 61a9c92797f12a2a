package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.poll.PollPace;
import io.towpath.activities.poll.PollState;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.sevenbridges.ImportJob;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ImportCounts;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ImportPage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Waits for the jobs of one page of imports: one question in each attempt. */
final class ImportWatch {
  private final SevenBridgesTools tools;
  private final SevenBridgesAccount account;
  private final ImportPage request;

  ImportWatch(SevenBridgesTools tools, SevenBridgesAccount account, ImportPage request) {
    this.tools = tools;
    this.account = account;
    this.request = request;
  }

  ImportCounts await() {
    List<ImportJob> jobs =
        tools
            .documents()
            .readPage(ManifestRef.page(request.jobs(), request.page()), ImportJob.class);
    Set<String> ids =
        jobs.stream().flatMap(job -> job.importId().stream()).collect(Collectors.toSet());
    Map<String, JsonNode> states = ended(ids);
    ImportCounts counts = new ImportResults(tools, account, request, states).write(jobs);
    ids.forEach(account.importStates()::forget);
    return counts;
  }

  /** The last states of all jobs that the platform knows; fails while some go on. */
  private Map<String, JsonNode> ended(Set<String> ids) {
    Instant now = Instant.now();
    PollPace pace = new PollPace(tools.pollFloor());
    PollState before = tools.memory().recall().orElseGet(() -> PollState.begin(now));
    Duration interval = pace.interval(before.age(now));
    Map<String, JsonNode> states = account.importStates().askAll(ids, PollPace.freshFor(interval));
    long open =
        states.values().stream()
            .map(job -> job.path("state").asText(""))
            .filter(state -> !SevenBridgesAccount.TRANSFERRED.contains(state))
            .count();
    if (open > 0) {
      tools.memory().keep(before.seen("IMPORTING", String.valueOf(open), now));
      throw PollPace.stillRunning(
          open + " of " + ids.size() + " imports go on", PollPace.jittered(interval));
    }
    return states;
  }
}
