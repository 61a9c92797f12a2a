package io.towpath.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.uber.m3.tally.Scope;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Settings;
import io.towpath.proof.check.Platforms;
import io.towpath.sandbox.Sandbox;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.worker.telemetry.Telemetry;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.plan.Plan;
import io.towpath.workflows.plan.PlanWorkflow;
import io.towpath.workflows.roundtrip.RoundTripWorkflow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Sandbox, Temporal and worker in one JVM, with the sandbox's control port at hand. */
final class Stack implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  /** Fast polls, a short settle time, and no quota, as the sandbox has none in tests. */
  static final Map<String, String> FAST =
      Map.of(
          "TOWPATH_POLL_FLOOR", "PT0.2S",
          "TOWPATH_SETTLE", "PT0.3S",
          "TOWPATH_SYNAPSE_CALLS_PER_MINUTE", "60000",
          "TOWPATH_SYNAPSE_CALLS_AT_ONCE", "16",
          "TOWPATH_SEQERA_CALLS_PER_SECOND", "1000",
          "TOWPATH_SB_CALLS_PER_FIVE_MINUTES", "900000",
          "TOWPATH_INDEXD_CALLS_PER_SECOND", "3000");

  /** What hosts the workflows; gone when it is closed. */
  private interface Running {
    void close();
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final Sandbox sandbox;
  private final TemporalUnderTest temporal;
  private final Running worker;
  private final JsonNode seed;
  private final Platforms platforms;
  private final Map<String, String> folders = new ConcurrentHashMap<>();
  private final AtomicLong lastEffect = new AtomicLong();
  private @Nullable S3Clients s3;

  Stack(SandboxOptions options, Map<String, String> settings) {
    this(options, settings, new OkHttpClient(), List.of());
  }

  /**
   * A worker that tells of itself.
   *
   * @param temporal where Temporal's SDK reports to
   */
  Stack(SandboxOptions options, Map<String, String> settings, Scope temporal, Telemetry telemetry) {
    this(
        options,
        TemporalUnderTest.start(temporal),
        worker(settings, new OkHttpClient(), List.of(), telemetry));
  }

  Stack(
      SandboxOptions options,
      Map<String, String> settings,
      OkHttpClient calls,
      List<WorkerInterceptor> interceptors) {
    this(
        options,
        TemporalUnderTest.start(),
        worker(settings, calls, interceptors, Telemetry.none()));
  }

  private static BiFunction<WorkflowClient, Map<String, String>, Running> worker(
      Map<String, String> settings,
      OkHttpClient calls,
      List<WorkerInterceptor> interceptors,
      Telemetry telemetry) {
    return (temporal, sandbox) -> {
      Map<String, String> environment = new TreeMap<>(sandbox);
      environment.putAll(settings);
      return TowpathWorker.start(
              temporal,
              settings(environment),
              new TowpathWorker.Surroundings(calls, interceptors, telemetry))
          ::close;
    };
  }

  private Stack(
      SandboxOptions options,
      TemporalUnderTest temporal,
      BiFunction<WorkflowClient, Map<String, String>, Running> worker) {
    this.sandbox = Sandbox.start(options);
    this.temporal = temporal;
    this.worker = worker.apply(temporal.client(), sandbox.env());
    this.seed = control("GET", "/seed", "");
    this.platforms = Platforms.of(sandbox.env());
  }

  /** Sandbox and Temporal alone, for workers that are processes of their own. */
  static Stack withoutWorker(SandboxOptions options, TemporalUnderTest temporal) {
    return new Stack(options, temporal, (client, sandbox) -> () -> {});
  }

  /** What a worker in this JVM would be given by its environment. */
  static WorkerSettings settings(Map<String, String> environment) {
    return WorkerSettings.from(environment, Path.of("nowhere"));
  }

  Map<String, String> env() {
    return sandbox.env();
  }

  /** Every credential that the sandbox gives. */
  List<String> secrets() {
    return env().entrySet().stream()
        .filter(setting -> setting.getKey().matches(".*(TOKEN|AUTH|SECRET_ACCESS_KEY)"))
        .map(Map.Entry::getValue)
        .toList();
  }

  WorkflowClient client() {
    return temporal.client();
  }

  Sandbox sandbox() {
    return sandbox;
  }

  /** Reads from the Synapse stand-in as its user. */
  JsonNode synapse(String path) {
    return send(
        HttpRequest.newBuilder(URI.create(env().get("SYNAPSE_ENDPOINT") + path))
            .header("Authorization", "Bearer " + env().get("SYNAPSE_AUTH_TOKEN"))
            .GET()
            .build());
  }

  /** Posts to the Synapse stand-in as its user. */
  JsonNode synapse(String path, Map<String, Object> body) {
    return send(
        HttpRequest.newBuilder(URI.create(env().get("SYNAPSE_ENDPOINT") + path))
            .header("Authorization", "Bearer " + env().get("SYNAPSE_AUTH_TOKEN"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.valueToTree(body).toString()))
            .build());
  }

  /** Posts to the Seqera stand-in as its user, in the seed's workspace. */
  JsonNode seqera(String path, Map<String, Object> body) {
    String workspace = "?workspaceId=" + env().get("TOWER_WORKSPACE_ID");
    return send(
        HttpRequest.newBuilder(URI.create(env().get("TOWER_API_ENDPOINT") + path + workspace))
            .header("Authorization", "Bearer " + env().get("TOWER_ACCESS_TOKEN"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.valueToTree(body).toString()))
            .build());
  }

  /** Reads from the Seven Bridges stand-in as its user. */
  JsonNode sevenBridges(String path) {
    return send(
        HttpRequest.newBuilder(URI.create(env().get("SB_API_ENDPOINT") + path))
            .header("X-SBG-Auth-Token", env().get("SB_AUTH_TOKEN"))
            .GET()
            .build());
  }

  /** Speaks with the container engine as somebody else would. */
  JsonNode engine(String method, String path) {
    String engine = String.valueOf(env().get("DOCKER_HOST")).replaceFirst("^tcp:", "http:");
    return send(
        HttpRequest.newBuilder(URI.create(engine + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build());
  }

  /** What indexd says that one of its ids stands for. */
  JsonNode resolved(String drsUri) {
    String did = drsUri.replaceFirst("^drs://", "").replaceFirst(":", "/");
    String objects = env().get("INDEXD_ENDPOINT") + "/ga4gh/drs/v1/objects/";
    return send(HttpRequest.newBuilder(URI.create(objects + did)).GET().build());
  }

  String seed(String name) {
    return seed.path(name).asText();
  }

  JsonNode control(String method, String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(env().get("TOWPATH_SANDBOX_CONTROL") + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(request + ": " + answer.statusCode() + " " + answer.body());
      }
      return answer.body().isBlank() ? JSON.nullNode() : JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException(request.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Committed effects, optionally of one platform and route. */
  List<JsonNode> effects(String platform, String route) {
    return effects(platform, route, 0);
  }

  /**
   * @param since what {@link #lastEffectSeen} said before the effects that are asked for
   */
  List<JsonNode> effects(String platform, String route, long since) {
    StringBuilder query = new StringBuilder("/effects?since=" + since);
    if (!platform.isEmpty()) {
      query.append("&platform=").append(platform);
    }
    if (!route.isEmpty()) {
      query.append("&route=").append(URLEncoder.encode(route, StandardCharsets.UTF_8));
    }
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode effect : control("GET", query.toString(), "")) {
      lastEffect.accumulateAndGet(effect.path("seq").asLong(), Math::max);
      if (effect.path("committed").asBoolean()) {
        found.add(effect);
      }
    }
    return found;
  }

  /** The journal's newest entry. */
  long now() {
    effects("", "", lastEffect.get());
    return lastEffect.get();
  }

  /** What the newest run under a workflow id came to; its history is not replayed. */
  JsonNode result(String workflowId) {
    return JSON.valueToTree(client().newUntypedWorkflowStub(workflowId).getResult(Map.class));
  }

  /** Looks at the platforms as somebody who shares no code with this one. */
  Platforms platforms() {
    return platforms;
  }

  /** The text of an object in the sandbox's S3. */
  String object(String uri) {
    S3Uri where = new S3Uri(uri);
    try (InputStream in = sandbox.objects().open(where.bucket(), where.key(), 0, -1)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The journal's newest entry that anybody asked for; what begins now comes after it. */
  long lastEffectSeen() {
    return lastEffect.get();
  }

  /** A request on the demo seed, staged below a prefix of its own. */
  Map<String, Object> request(String name) {
    return request(name, seed("synapse.manifest"), folder(name));
  }

  /**
   * The folder below the seed's project that results of this name go to; made when it is missing.
   */
  String folder(String name) {
    return folders.computeIfAbsent(
        name, missing -> sandbox.synapseSeed().folder(seed("synapse.project"), missing));
  }

  Map<String, Object> request(String name, String manifest, String parent) {
    Map<String, Object> request = new TreeMap<>();
    request.put("manifest", Map.of("synId", manifest));
    request.put("stage", Map.of("to", "s3://" + seed("s3.bucket") + "/etl/" + name + "/"));
    request.put("runs", List.of(run(name, Map.of())));
    request.put("index", Map.of("parent", parent));
    return request;
  }

  /** The seed's pipeline as a run of a request, with more fields. */
  Map<String, Object> run(String name, Map<String, Object> more) {
    Map<String, Object> run = new TreeMap<>(more);
    run.put("name", name);
    run.put("pipeline", seed("seqera.pipeline"));
    run.put("revision", seed("seqera.revision"));
    return run;
  }

  WorkflowStub start(String workflowId, Map<String, Object> request) {
    return start(RoundTripWorkflow.TYPE, workflowId, request);
  }

  WorkflowStub start(String kind, String workflowId, Map<String, Object> request) {
    WorkflowStub stub =
        temporal
            .client()
            .newUntypedWorkflowStub(
                kind,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(workflowId)
                    .setTaskQueue(TaskQueues.WORKFLOWS)
                    .setWorkflowIdConflictPolicy(
                        WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                    .setWorkflowIdReusePolicy(
                        WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                    .build());
    stub.start(request);
    return stub;
  }

  /** Plans, then starts under the business key, as the CLI does. */
  WorkflowStub start(Map<String, Object> request) {
    return start(plan(request).workflowId().orElseThrow(), request);
  }

  Plan plan(Map<String, Object> request) {
    return plan(RoundTripWorkflow.TYPE, request);
  }

  Plan plan(String kind, Map<String, Object> request) {
    PlanWorkflow plan =
        temporal
            .client()
            .newWorkflowStub(
                PlanWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId("plan/" + UUID.randomUUID())
                    .setTaskQueue(TaskQueues.WORKFLOWS)
                    .setWorkflowRunTimeout(Duration.ofMinutes(2))
                    .build());
    return plan.plan(kind, request);
  }

  /** The report of a run, after its history was replayed against the code at hand. */
  JsonNode report(WorkflowStub run) {
    JsonNode report = JSON.valueToTree(run.getResult(Map.class));
    replay(run);
    return report;
  }

  WorkflowExecutionHistory history(WorkflowStub run) {
    return temporal
        .client()
        .fetchHistory(run.getExecution().getWorkflowId(), run.getExecution().getRunId());
  }

  /** A run's history with its payloads as they can be read; JSON has them in base64. */
  String historyText(WorkflowStub run) {
    return history(run).getEvents().toString();
  }

  /** The same of the newest run under a workflow id. */
  String historyText(String workflowId) {
    return temporal.client().fetchHistory(workflowId).getEvents().toString();
  }

  void replay(WorkflowStub run) {
    Replay.of(history(run));
  }

  /** Leaves a run's history and its entries of the ledger where the next golden ones come from. */
  void keep(WorkflowStub run, String name) {
    String id = run.getExecution().getWorkflowId();
    try {
      Path folder = Files.createDirectories(Path.of("target", "histories"));
      Files.writeString(folder.resolve(name + ".json"), history(run).toJson(true) + "\n");
      Files.writeString(folder.resolve(name + ".id"), id + "\n");
      Files.writeString(
          folder.resolve(name + ".ledger.json"),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(ledger(id)) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every entry of a business key, by its name below the ledger's root. */
  Map<String, JsonNode> ledger(String businessKey) throws IOException {
    S3Uri root = new S3Uri(String.valueOf(env().get("TOWPATH_LEDGER"))).asFolder();
    String kind = businessKey.substring(0, businessKey.indexOf('/') + 1);
    String own = Pattern.quote(businessKey) + "/g\\d+/[^/]+";
    Map<String, JsonNode> entries = new TreeMap<>();
    for (S3Object entry :
        s3().repeating()
            .listObjectsV2Paginator(list -> list.bucket(root.bucket()).prefix(root.key() + kind))
            .contents()) {
      String name = entry.key().substring(root.key().length());
      if (URLDecoder.decode(name, StandardCharsets.UTF_8).matches(own)) {
        String text = object("s3://" + root.bucket() + "/" + entry.key());
        entries.put(name, JSON.readTree(text));
      }
    }
    return entries;
  }

  /** For tests that look into the sandbox's buckets with S3's own calls. */
  synchronized S3Clients s3() {
    if (s3 == null) {
      s3 =
          new S3Clients(
              S3Settings.from(
                  env(),
                  Optional.ofNullable(env().get("AWS_ENDPOINT_URL_S3")).map(URI::create),
                  Optional.ofNullable(env().get("AWS_REGION"))));
    }
    return s3;
  }

  @Override
  public void close() {
    worker.close();
    temporal.close();
    if (s3 != null) {
      s3.close();
    }
    sandbox.close();
  }
}
