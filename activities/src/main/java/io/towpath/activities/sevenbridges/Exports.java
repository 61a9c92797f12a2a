package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ExportTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Exports files to a volume, which makes aliases of them. A doubled job does no harm: nothing is
 * ever overwritten, and what counts in the end is where the file lies.
 */
final class Exports {
  /** "Location on volume already contains a file." */
  private static final int LOCATION_TAKEN = 9107;

  private record Order(String fileId, String location) {}

  private final TaskTools tools;
  private final Claim claim;
  private final ExportTarget target;

  Exports(TaskTools tools, Claim claim, ExportTarget target) {
    this.tools = tools;
    this.claim = claim;
    this.target = target;
  }

  /**
   * Sends what is not on its way already.
   *
   * @param locations by file id
   */
  List<ExportJob> send(Map<String, String> locations) {
    if (locations.isEmpty()) {
      return List.of();
    }
    Map<Order, JsonNode> underWay = underWay();
    List<ExportJob> jobs = new ArrayList<>();
    List<ObjectNode> items = new ArrayList<>();
    locations.forEach(
        (fileId, location) -> {
          JsonNode job = underWay.get(new Order(fileId, location));
          if (job == null) {
            items.add(item(fileId, location));
          } else {
            jobs.add(ExportJob.answered(fileId, location, resource(job)));
          }
        });
    Parts.of(items, SevenBridgesApi.BULK).forEach(some -> jobs.addAll(sent(some)));
    return jobs;
  }

  private List<ExportJob> sent(List<ObjectNode> items) {
    tools.attempt().heartbeat();
    tools.ledger().requireHeldLately(claim);
    List<JsonNode> answers = tools.client().createExports(items);
    List<ExportJob> jobs = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String fileId = items.get(i).at("/source/file").asText();
      String location = items.get(i).at("/destination/location").asText();
      jobs.add(
          ExportJob.answered(
              fileId, location, i < answers.size() ? answers.get(i) : SevenBridgesApi.object()));
    }
    return jobs;
  }

  /** The jobs as they are now, by an answer that may be so old. */
  List<ExportJob> ask(List<ExportJob> jobs, Duration fresh) {
    Set<String> ids = new HashSet<>();
    jobs.stream().filter(job -> !job.ended()).forEach(job -> job.jobId().ifPresent(ids::add));
    Map<String, JsonNode> seen = tools.account().exportStates().askAll(ids, fresh);
    return jobs.stream()
        .map(
            job ->
                job.jobId()
                    .flatMap(id -> Optional.ofNullable(seen.get(id)))
                    .map(job::seen)
                    .orElse(job))
        .toList();
  }

  /**
   * Where a file lies whose export has ended; empty where it is on no volume. A file that became an
   * alias by another export lies there. An object of the same size at a place that is made of our
   * key is our own file, whose alias is missing.
   */
  Optional<VolumePlace> place(ExportJob job, ProjectFile file) {
    VolumePlace wanted = new VolumePlace(target.volume(), job.location());
    return file.source()
        .or(
            () ->
                job.code() == LOCATION_TAKEN && holds(wanted, file.sizeBytes())
                    ? Optional.of(wanted)
                    : Optional.empty());
  }

  /** Says why a file is on no volume. */
  String failure(ExportJob job) {
    return "file "
        + job.fileId()
        + " was not exported to "
        + new VolumePlace(target.volume(), job.location())
        + ": "
        + job.error().orElse("the job has ended, and the file lies on no volume");
  }

  private boolean holds(VolumePlace place, long sizeBytes) {
    return tools
        .account()
        .client()
        .volumeObject(place.volume(), place.location())
        .filter(object -> object.at("/metadata/size").asLong(-1) == sizeBytes)
        .isPresent();
  }

  /** Jobs of the volume that have not ended, by file and location. */
  private Map<Order, JsonNode> underWay() {
    Map<Order, JsonNode> jobs = new HashMap<>();
    for (String state : List.of("PENDING", "RUNNING")) {
      Page.all(offset -> tools.client().exports(target.volume(), state, offset))
          .forEach(
              job ->
                  jobs.put(
                      new Order(
                          job.at("/source/file").asText(""),
                          job.at("/destination/location").asText("")),
                      job));
    }
    return jobs;
  }

  private static ObjectNode resource(JsonNode job) {
    ObjectNode item = SevenBridgesApi.object();
    item.set("resource", job);
    return item;
  }

  private ObjectNode item(String fileId, String location) {
    ObjectNode item = SevenBridgesApi.object().put("overwrite", false);
    item.putObject("source").put("file", fileId);
    item.putObject("destination").put("volume", target.volume()).put("location", location);
    return item;
  }
}
