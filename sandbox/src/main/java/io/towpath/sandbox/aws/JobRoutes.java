package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.aws.Definitions.Definition;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.image.Output;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Batch: submitting, looking at and ending jobs. */
final class JobRoutes {
  private static final Protocol WIRE = Protocol.REST_JSON;
  private static final String LOG_GROUP = "/aws/batch/job";
  private static final int MOST_BYTES = 30 << 10;
  private static final int LEAST_TIMEOUT = 60;
  private static final int MOST_ATTEMPTS = 10;
  private static final int MOST_DESCRIBED = 100;

  private final BatchRealm realm;
  private final JobJson json;

  JobRoutes(BatchRealm realm) {
    this.realm = realm;
    this.json = new JobJson(realm);
  }

  List<Route> routes() {
    return List.of(
        Route.mutating("POST", "/v1/submitjob", this::submit),
        Route.reading("POST", "/v1/describejobs", this::describe),
        Route.mutating("POST", "/v1/canceljob", this::cancel),
        Route.mutating("POST", "/v1/terminatejob", this::terminate));
  }

  static ReplyException noDefinition(String text) {
    return BatchRefusals.client("JobDefinition " + text + " does not exist");
  }

  private Reply submit(Call call) {
    ObjectNode request = WIRE.body(call);
    Definition definition = check(call, request);
    String id = UUID.randomUUID().toString();
    String task = UUID.randomUUID().toString().replace("-", "");
    Instant now = realm.settings.clock().instant();
    Instant visible = now.plus(realm.settings.times().listLag()).plus(call.hideFor());
    Job.Make make = new Job.Make(id, definition, request, now, visible, task);
    Job job = new Job(make, course(make));
    realm.jobs.add(job);
    String name = job.name();
    ObjectNode answer = Protocol.object().put("jobArn", json.arn(job));
    return WIRE.reply(200, answer.put("jobName", name).put("jobId", id)).changed("job", id, name);
  }

  private Definition check(Call call, ObjectNode request) {
    if (call.body().length > MOST_BYTES) {
      throw BatchRefusals.client("The payload is larger than 30 KiB");
    }
    if (!request.path("jobName").asText("").matches("[A-Za-z0-9][A-Za-z0-9_-]{0,127}")) {
      throw BatchRefusals.client(
          "Job name should match valid pattern and be at most 128 characters");
    }
    String queue = request.path("jobQueue").asText("");
    if (!realm.isQueue(queue)) {
      throw BatchRefusals.client("JobQueue " + queue + " does not exist");
    }
    if (request.has("arrayProperties") || request.path("dependsOn").size() > 0) {
      throw BatchRefusals.client("Array jobs and dependencies are not simulated");
    }
    checkNumbers(request);
    String text = request.path("jobDefinition").asText("");
    Definition definition =
        realm
            .definitions
            .find(text)
            .filter(Definition::active)
            .orElseThrow(() -> noDefinition(text));
    JobSize size = size(definition, request);
    if (JobDefinitionRoutes.isFargate(definition.body())) {
      size.checkForFargate();
    }
    return definition;
  }

  private static void checkNumbers(ObjectNode request) {
    int attempts = request.at("/retryStrategy/attempts").asInt(1);
    if (attempts < 1 || attempts > MOST_ATTEMPTS) {
      throw BatchRefusals.client("retryStrategy attempts should be between 1 and 10");
    }
    if (request.at("/timeout/attemptDurationSeconds").asInt(LEAST_TIMEOUT) < LEAST_TIMEOUT) {
      throw BatchRefusals.client("attemptDurationSeconds should be at least 60");
    }
    for (JsonNode variable : request.at("/containerOverrides/environment")) {
      if (variable.path("name").asText().startsWith("AWS_BATCH")) {
        throw BatchRefusals.client("Environment variables must not begin with AWS_BATCH");
      }
    }
  }

  private static JobSize size(Definition definition, ObjectNode request) {
    JsonNode own = definition.body().at("/containerProperties/resourceRequirements");
    JsonNode over = request.at("/containerOverrides/resourceRequirements");
    return JobSize.of(over, JobSize.of(own, JobSize.NONE));
  }

  private Course course(Job.Make make) {
    ObjectNode request = make.body();
    JsonNode container = make.definition().body().path("containerProperties");
    JsonNode over = request.path("containerOverrides");
    Output output = realm.logs.open(LOG_GROUP, Job.logStream(make));
    boolean ownCommand = over.path("command").size() > 0;
    Work work =
        new Work(
            "job-" + make.id(),
            container.path("image").asText(),
            List.of(),
            Work.texts(ownCommand ? over.path("command") : container.path("command")),
            Work.environment(container.path("environment"), over.path("environment")),
            container.path("secrets"),
            output);
    Optional<List<Plans.Step>> plan = realm.courses.plan("batch", request.path("jobName").asText());
    boolean tooLarge = size(make.definition(), request).memory() > BatchRealm.MOST_MEMORY;
    Course course =
        realm.courses.begin(Words.BATCH, work, plan.isEmpty() && tooLarge ? stuck() : plan);
    int seconds = request.at("/timeout/attemptDurationSeconds").asInt(0);
    if (seconds > 0) {
      realm.courses.limit(
          course, Duration.ofSeconds(seconds), "Job attempt duration exceeded timeout");
    }
    return course;
  }

  /** What no instance can hold waits for ever. */
  private static Optional<List<Plans.Step>> stuck() {
    ObjectNode why =
        Protocol.object()
            .put(
                "errorMessage",
                "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job's memory requirement"
                    + " exceeds that of the compute environment's instance types");
    Duration moment = Duration.ofMillis(100);
    return Optional.of(
        List.of(
            new Plans.Step("SUBMITTED", moment, MissingNode.getInstance()),
            new Plans.Step("RUNNABLE", Duration.ZERO, why)));
  }

  /** Ids that nobody knows, or no longer, are left out. */
  private Reply describe(Call call) {
    List<String> ids = Work.texts(WIRE.body(call).path("jobs"));
    if (ids.isEmpty() || ids.size() > MOST_DESCRIBED) {
      throw BatchRefusals.client("jobs should have from 1 to 100 entries");
    }
    ObjectNode answer = Protocol.object();
    ArrayNode shown = answer.putArray("jobs");
    for (String id : ids) {
      realm
          .jobs
          .find(id.replaceFirst("^arn:.*:job/", ""))
          .map(json::described)
          .ifPresent(shown::add);
    }
    return WIRE.reply(200, answer);
  }

  /** Succeeds also where it does nothing: for jobs that start, run or have ended. */
  private Reply cancel(Call call) {
    Job job = job(call);
    boolean changed = job.cancel(reason(call));
    Reply reply = WIRE.reply(200, Protocol.object());
    return changed ? reply.changed("job", job.id(), job.name()) : reply;
  }

  private Reply terminate(Call call) {
    Job job = job(call);
    boolean changed = job.terminate(reason(call));
    Reply reply = WIRE.reply(200, Protocol.object());
    return changed ? reply.changed("job", job.id(), job.name()) : reply;
  }

  private static String reason(Call call) {
    String reason = WIRE.body(call).path("reason").asText("");
    if (reason.isEmpty()) {
      throw BatchRefusals.client("reason is required");
    }
    return reason;
  }

  private Job job(Call call) {
    String id = WIRE.body(call).path("jobId").asText("");
    return realm
        .jobs
        .find(id)
        .orElseThrow(() -> BatchRefusals.client("Job " + id + " does not exist"));
  }
}
