package io.towpath.workflows.scan;

import io.towpath.workflows.synapse.ManifestSearch.FoundManifests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a scan found and did, put together as it goes. */
final class ScanReport {
  private static final int MOST_SIGNS = 600;

  private final ManifestScanRequest request;
  private final FoundManifests found;
  private final List<Map<String, Object>> started = new ArrayList<>();
  private final List<Map<String, Object>> wouldStart = new ArrayList<>();
  private final List<Map<String, Object>> refused = new ArrayList<>();
  private final List<Map<String, Object>> unchecked = new ArrayList<>();
  private int alreadyRefused;
  private int running;
  private int seen;

  ScanReport(ManifestScanRequest request, FoundManifests found) {
    this.request = request;
    this.found = found;
    this.seen = found.seen();
    this.running = found.running();
    this.alreadyRefused = found.refused();
  }

  void started(RoundTrips.Started run) {
    running++;
    if (run.runId().isEmpty()) {
      seen++;
      return;
    }
    Map<String, Object> line = line(run.key(), run.manifest().id().value(), run.manifest().name());
    line.put("workflowId", run.key());
    line.put("runId", run.runId().get());
    started.add(line);
  }

  /** What a dry run leaves undone. */
  void wouldStart(Check check) {
    running++;
    wouldStart.add(line(check));
  }

  /** A manifest that fails its checks, which this scan is the first to say, or is not. */
  void refused(Check check, boolean first) {
    if (first) {
      refused.add(told(check));
    } else {
      alreadyRefused++;
    }
  }

  void unchecked(Check check) {
    unchecked.add(told(check));
  }

  void seen() {
    seen++;
  }

  /** Runs under way, as far as the limit is concerned. */
  int running() {
    return running;
  }

  /** Unseen manifests that nothing was done about; the next scan looks at them again. */
  int waiting() {
    int decided =
        started.size()
            + wouldStart.size()
            + refused.size()
            + (seen - found.seen())
            + (alreadyRefused - found.refused());
    return found.unseen().size() + found.more() - decided;
  }

  String outcome() {
    if (!refused.isEmpty() || !unchecked.isEmpty()) {
      return "SUCCEEDED_WITH_WARNINGS";
    }
    return started.isEmpty() ? "NOOP" : "SUCCEEDED";
  }

  List<Map<String, Object>> wouldStart() {
    return wouldStart;
  }

  /** Manifests that a person should hear of. */
  List<Map<String, Object>> warnings() {
    List<Map<String, Object>> warnings = new ArrayList<>(refused);
    warnings.addAll(unchecked);
    return warnings;
  }

  int startedCount() {
    return started.size();
  }

  /** Whether a platform does not answer, so that asking on would only cost time. */
  boolean unanswered() {
    return !unchecked.isEmpty();
  }

  String words() {
    return (request.dryRun() ? wouldStart.size() + " would start, " : started.size() + " started, ")
        + seen
        + " seen, "
        + waiting()
        + " waiting, "
        + (refused.size() + alreadyRefused)
        + " refused"
        + (refused.isEmpty() ? "" : " (" + refused.size() + " new)");
  }

  Map<String, Object> asMap(String workflowId) {
    Map<String, Object> report = new TreeMap<>();
    report.put("kind", ManifestScanWorkflow.TYPE);
    report.put("workflowId", workflowId);
    report.put("outcome", outcome());
    report.put("folder", request.folder().entity());
    report.put("recipe", request.recipe());
    report.put("dryRun", request.dryRun());
    request.dataset().ifPresent(dataset -> report.put("dataset", dataset));
    request.only().ifPresent(only -> report.put("event", only.entity()));
    found.ignored().ifPresent(why -> report.put("ignored", why));
    report.put("listed", found.listed());
    report.put("seen", seen);
    report.put("running", running);
    report.put("started", started);
    report.put("waiting", waiting());
    report.put("refused", refused);
    report.put("alreadyRefused", alreadyRefused);
    report.put("unchecked", unchecked);
    if (request.dryRun()) {
      report.put("wouldStart", wouldStart);
    }
    return report;
  }

  private Map<String, Object> line(Check check) {
    return line(
        request.key(check.manifest()), check.manifest().id().value(), check.manifest().name());
  }

  private Map<String, Object> told(Check check) {
    Map<String, Object> line = line(check);
    String message = String.join("; ", check.why());
    line.put(
        "message",
        message.length() <= MOST_SIGNS ? message : message.substring(0, MOST_SIGNS) + "…");
    return line;
  }

  private static Map<String, Object> line(String key, String manifest, String name) {
    Map<String, Object> line = new TreeMap<>();
    line.put("key", key);
    line.put("manifest", manifest);
    line.put("name", name);
    return line;
  }
}
