package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Batch: listing the queue's jobs, by one filter or by status, newest first. */
final class JobSearch {
  private static final Protocol WIRE = Protocol.REST_JSON;

  private final BatchRealm realm;
  private final JobJson json;

  JobSearch(BatchRealm realm) {
    this.realm = realm;
    this.json = new JobJson(realm);
  }

  List<Route> routes() {
    return List.of(Route.reading("POST", "/v1/listjobs", this::list));
  }

  private Reply list(Call call) {
    ObjectNode request = WIRE.body(call);
    String queue = request.path("jobQueue").asText("");
    if (!realm.isQueue(queue)) {
      throw BatchRefusals.client("JobQueue " + queue + " does not exist");
    }
    Predicate<Job> asked = asked(request);
    Instant now = realm.settings.clock().instant();
    List<Job> found =
        realm.newest().stream()
            .filter(job -> !now.isBefore(job.make().visible()))
            .filter(asked)
            .toList();
    Page<Job> page = Page.of(found, request, Job::id, BatchRefusals::client);
    ObjectNode answer = Protocol.object();
    ArrayNode shown = answer.putArray("jobSummaryList");
    page.items().forEach(job -> shown.add(json.listed(job)));
    return WIRE.reply(200, page.into(answer));
  }

  /** A filter shows all statuses; without one only one status shows, normally RUNNING. */
  private static Predicate<Job> asked(ObjectNode request) {
    JsonNode filters = request.path("filters");
    if (filters.isEmpty()) {
      String status = request.path("jobStatus").asText("RUNNING");
      return job -> job.look().status().equals(status);
    }
    List<String> values = Work.texts(filters.path(0).path("values"));
    if (filters.size() > 1 || values.isEmpty()) {
      throw BatchRefusals.client("One filter with at least one value can be given");
    }
    return switch (filters.path(0).path("name").asText()) {
      case "JOB_NAME" -> job -> values.stream().anyMatch(value -> fits(value, job.name()));
      case "JOB_DEFINITION" ->
          job ->
              values.stream()
                  .anyMatch(
                      value ->
                          fits(value, job.make().definition().name())
                              || value.equals(job.make().definition().arn()));
      case "BEFORE_CREATED_AT" -> job -> created(job) < time(values.get(0));
      case "AFTER_CREATED_AT" -> job -> created(job) > time(values.get(0));
      default -> throw BatchRefusals.client("filters has a name that is not known");
    };
  }

  /** Case does not matter; a star at the end means any end. */
  private static boolean fits(String pattern, String name) {
    String low = pattern.toLowerCase(Locale.ROOT);
    String text = name.toLowerCase(Locale.ROOT);
    return low.endsWith("*")
        ? text.startsWith(low.substring(0, low.length() - 1))
        : text.equals(low);
  }

  private static long created(Job job) {
    return job.make().created().toEpochMilli();
  }

  private static long time(String value) {
    if (!value.matches("\\d{1,15}")) {
      throw BatchRefusals.client("a time in milliseconds is required, not " + value);
    }
    return Long.parseLong(value);
  }
}
