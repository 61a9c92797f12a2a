package io.towpath.workflows.release;

import io.towpath.workflows.containers.ContainerEnd;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.synapse.ReleaseManifestActivities.ReleaseRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the report together, whatever part of the work was done. */
final class ReleaseReport {
  /** Items that a report and the search attributes name; a payload has room for no more. */
  static final int MOST_TOLD = 30;

  private final Map<String, Object> report = new TreeMap<>();

  ReleaseReport(ReleaseSpec spec, List<String> warnings) {
    ReleaseRequest.Name name = spec.request().name();
    report.put("project", name.project());
    report.put("environment", name.environment());
    report.put("release", name.release());
    spec.request().reason().ifPresent(reason -> report.put("reason", reason));
    spec.request().rollbackTo().ifPresent(earlier -> report.put(Rollback.FIELD, earlier));
    if (spec.recorded().isEmpty()) {
      image(spec.image());
      report.put("executor", spec.request().executor().type());
    }
    spec.config()
        .ifPresent(
            config -> {
              report.put("config", config.uri());
              report.put("configSha256", config.sha256());
            });
    report.put("warnings", List.copyOf(warnings));
  }

  private void image(String image) {
    report.put("image", image);
    report.put("imageDigest", image.substring(image.indexOf('@') + 1));
  }

  /** Counts of all items, and the first of them by name, failed ones first. */
  ReleaseReport steps(Optional<Steps> steps) {
    List<Map<String, Object>> items = new ArrayList<>();
    Map<String, Integer> counts = new TreeMap<>();
    steps.ifPresent(
        running ->
            running
                .runs()
                .forEach(
                    (step, one) ->
                        one.ends()
                            .forEach(
                                end -> {
                                  items.add(end.report(step.name()));
                                  counts.merge(end.state().name(), 1, Integer::sum);
                                })));
    items.sort(Comparator.comparing(item -> isWell(item.get("status"))));
    report.put("items", List.copyOf(items.subList(0, Math.min(MOST_TOLD, items.size()))));
    report.put("itemCounts", counts);
    return this;
  }

  private static boolean isWell(@Nullable Object status) {
    return ItemEnd.State.SUCCEEDED.name().equals(status)
        || ItemEnd.State.DONE_BEFORE.name().equals(status);
  }

  /** What was promoted, where this run did not record it itself. */
  ReleaseReport promoted(Optional<RecordedRelease> earlier) {
    earlier.ifPresent(one -> report.put("manifest", one.json()));
    return this;
  }

  ReleaseReport manifest(Optional<ReleaseRecord> recorded, S3Uri record) {
    recorded.ifPresent(
        seen -> {
          Map<String, Object> manifest = new TreeMap<>();
          manifest.put("synId", seen.manifest().id().entity());
          seen.manifest().id().version().ifPresent(version -> manifest.put("version", version));
          manifest.put("rows", seen.manifest().rows());
          manifest.put("files", seen.files());
          manifest.put("changed", seen.changed());
          manifest.put("record", record.value());
          manifest.put("recordSha256", seen.sha256());
          report.put("manifest", manifest);
        });
    return this;
  }

  ReleaseReport promotions(List<PromoteStep> promotions) {
    report.put("promotions", promotions.stream().map(PromoteStep::report).toList());
    return this;
  }

  ReleaseReport approvals(Map<String, String> approvals) {
    if (!approvals.isEmpty()) {
      report.put("approvals", approvals);
    }
    return this;
  }

  ReleaseReport stopped(int stopped) {
    if (stopped > 0) {
      report.put("stopped", stopped);
    }
    return this;
  }

  Map<String, Object> map() {
    return report;
  }

  /** The executors' ids of the first containers. */
  static List<String> externalIds(Optional<Steps> steps) {
    return steps.stream()
        .flatMap(running -> running.runs().values().stream())
        .flatMap(step -> step.ends().stream())
        .flatMap(end -> end.last().stream())
        .map(ContainerEnd::externalId)
        .limit(MOST_TOLD)
        .toList();
  }
}
