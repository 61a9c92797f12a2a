package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Asynchronous jobs; guarded by the realm's lock. */
final class AsyncJobs {
  /** How long a job is shown as PROCESSING. */
  static final Duration WORK = Duration.ofMillis(200);

  /**
   * A job.
   *
   * @param key equal for requests that may share an answer
   * @param answer the body of the answer, or the reason why it failed
   */
  record Job(
      String token,
      String key,
      String startedBy,
      Instant startedAt,
      ObjectNode request,
      ObjectNode answer,
      Optional<String> failure) {

    boolean isDone(Instant now) {
      return !startedAt.plus(WORK).isAfter(now);
    }

    ObjectNode status(Instant now) {
      boolean done = isDone(now);
      ObjectNode json = Json.object();
      String ended = failure.isPresent() ? "FAILED" : "COMPLETE";
      json.put("jobState", done ? ended : "PROCESSING");
      json.put("jobCanceling", false);
      json.set("requestBody", request.deepCopy());
      json.put("jobId", token);
      json.put("startedByUserId", Long.parseLong(startedBy));
      json.put("startedOn", Json.date(startedAt));
      json.put("changedOn", Json.date(done ? startedAt.plus(WORK) : startedAt));
      json.put("progressMessage", done ? "Complete" : "Querying...");
      json.put("progressCurrent", done ? 100 : 50);
      json.put("progressTotal", 100);
      if (done && failure.isEmpty()) {
        json.set("responseBody", answer.deepCopy());
        json.put("runtimeMS", WORK.toMillis());
      }
      if (done) {
        Json.put(json, "errorMessage", failure);
      }
      return json;
    }
  }

  private final Map<String, Job> byToken = new LinkedHashMap<>();
  private long lastToken = 300_000;

  /** The finished job with the same key, whose answer is still good. */
  Optional<Job> cached(String key, Instant now) {
    return byToken.values().stream()
        .filter(job -> job.key().equals(key) && job.failure().isEmpty() && job.isDone(now))
        .findFirst();
  }

  Job start(
      SynapseAccount caller,
      Instant now,
      String key,
      ObjectNode request,
      ObjectNode answer,
      Optional<String> failure) {
    lastToken++;
    Job job =
        new Job(Long.toString(lastToken), key, caller.userId(), now, request, answer, failure);
    byToken.put(job.token(), job);
    return job;
  }

  Job getOwn(String token, SynapseAccount caller) {
    Job job = byToken.get(token.strip());
    if (job == null) {
      throw Refusals.notFound("AsynchronousJobStatus " + token + " does not exist");
    }
    if (!job.startedBy().equals(caller.userId())) {
      throw Refusals.forbidden("Only the user that started a job can access its status");
    }
    return job;
  }
}
