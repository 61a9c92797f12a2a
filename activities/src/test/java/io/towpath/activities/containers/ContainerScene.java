package io.towpath.activities.containers;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.towpath.activities.config.KnownSecrets;
import io.towpath.activities.connections.Examined;
import io.towpath.activities.http.PlatformCalls;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.outside.OpenInternet;
import io.towpath.activities.poll.PollMemory;
import io.towpath.activities.poll.PollState;
import io.towpath.activities.secrets.SecretReferences;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.activities.submit.MemoryLedger;
import io.towpath.activities.submit.Settles;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.containers.ContainerActivities;
import io.towpath.workflows.containers.ContainerActivities.StopContainers;
import io.towpath.workflows.containers.ContainerEnd;
import io.towpath.workflows.containers.ContainerNews;
import io.towpath.workflows.containers.ContainerSpec;
import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SpecDigest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** The adapter before one executor, with a ledger and a place for logs of its own. */
public final class ContainerScene implements AutoCloseable {
  public static final Duration POLL_FLOOR = Duration.ofMillis(50);
  private static final Claim CLAIM = new Claim("release-deploy/demo/test/1", 1, 1);

  private final S3Sandbox s3 = new S3Sandbox();
  private final S3Documents documents = new S3Documents(s3.clients().repeating());
  private final MemoryLedger ledger;
  private final MemoryOutcomes outcomes = new MemoryOutcomes();
  private final HeldState memory = new HeldState();
  private final ContainerExecutor connection;
  private final Executor executor;
  private final String image;
  private final Duration settleTime;
  private ContainerActivitiesImpl activities;

  /** What heartbeat details are to a real activity. */
  private static final class HeldState implements PollMemory {
    private @Nullable PollState state;

    @Override
    public Optional<PollState> recall() {
      return Optional.ofNullable(state);
    }

    @Override
    public void keep(PollState kept) {
      state = kept;
    }
  }

  /** What differs between executors: how one is reached, and what can run there. */
  public ContainerScene(
      ContainerExecutor connection, Executor executor, String image, Duration settleTime) {
    this(connection, executor, image, settleTime, new MemoryLedger());
  }

  /** The same with a ledger that the executor's adapter knows too. */
  public ContainerScene(
      ContainerExecutor connection,
      Executor executor,
      String image,
      Duration settleTime,
      MemoryLedger ledger) {
    this.ledger = ledger;
    this.connection = connection;
    this.executor = executor;
    this.image = image;
    this.settleTime = settleTime;
    this.activities = started();
  }

  public static Executor executor(String type) {
    return new Executor(
        type,
        "default",
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public MemoryLedger ledger() {
    return ledger;
  }

  public Examined.Findings examine() {
    return connection.examine();
  }

  public ContainerActivitiesImpl activities() {
    return activities;
  }

  /** Another worker goes on: nothing is remembered but ledger and heartbeat details. */
  public void restart() {
    activities = started();
  }

  /** A new activity begins: heartbeat details are those of none. */
  public void forget() {
    memory.state = null;
  }

  /** Of a worker that tells nobody of its calls. */
  public static PlatformCalls unheard() {
    return new PlatformCalls(new SimpleMeterRegistry(), OpenTelemetry.noop().getTracer("nobody"));
  }

  /** Of a worker that knows no registry. */
  public static RegistryLogins noLogins() {
    return new RegistryLogins(
        Map.of(), new WorkerSecrets(new SecretReferences(Map.of(), Optional.empty()), Set.of()));
  }

  private ContainerActivitiesImpl started() {
    OkHttpClient http = new OkHttpClient();
    return new ContainerActivitiesImpl(
        Map.of(executor.type(), Map.of("default", connection)),
        new ImageDigests(http, new OpenInternet(http), Set.of(), noLogins()),
        new ContainerTools(
            documents,
            ledger,
            outcomes,
            Settles.of(settleTime),
            POLL_FLOOR,
            memory,
            new KnownSecrets(List.of()),
            new WorkerSecrets(new SecretReferences(Map.of(), Optional.empty()), Set.of())));
  }

  /** A key that nothing else has. */
  public static RunKey key() {
    return RunKey.of(
        UUID.randomUUID().toString(), "process", "", SpecDigest.of(Map.of("a", "b")), 1);
  }

  public ContainerSpec spec(String... command) {
    return new ContainerSpec(
        image, List.of(command), Map.of("A", "b c"), Map.of(), 1, 64, Duration.ofHours(1));
  }

  public RunContainer request(RunKey key, ContainerSpec spec) {
    return new RunContainer(
        CLAIM,
        executor,
        "process-one",
        key,
        spec,
        Optional.empty(),
        new S3Uri("s3://" + S3Sandbox.BUCKET + "/logs/" + key),
        Duration.ofMinutes(5),
        Optional.empty());
  }

  public RunContainer request(String... command) {
    return request(key(), spec(command));
  }

  /** The same by somebody who knows of this attention. */
  public RunContainer knowing(RunContainer whole, Optional<String> known) {
    return again(whole, whole.stuckAfter(), known);
  }

  /** The same by somebody who waits for nothing. */
  public RunContainer impatient(RunContainer whole, Optional<String> known) {
    return again(whole, Duration.ZERO, known);
  }

  private static RunContainer again(
      RunContainer whole, Duration stuckAfter, Optional<String> known) {
    return new RunContainer(
        whole.claim(),
        whole.executor(),
        whole.step(),
        whole.key(),
        whole.spec(),
        whole.adopted(),
        whole.log(),
        stuckAfter,
        known);
  }

  /** Submits it as {@code run} does, and returns the executor's id. */
  public String submit(RunContainer request) {
    return new SubmitOnce(ledger, Settles.of(settleTime))
        .submit(new ContainerEffect(connection.runs(executor), request, () -> {}));
  }

  /** Asks as Temporal does, until there is news. */
  public ContainerNews news(RunContainer request) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(POLL_FLOOR)
        .until(() -> once(request), Optional::isPresent)
        .orElseThrow();
  }

  /** One attempt; empty while it runs. */
  public Optional<ContainerNews> once(RunContainer request) {
    try {
      return Optional.of(activities.run(request));
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.STILL_RUNNING) {
        return Optional.empty();
      }
      throw e;
    }
  }

  public ContainerEnd end(RunContainer request) {
    return news(request).end().orElseThrow();
  }

  /** Stops what the ledger says was begun: this one alone. */
  public int stop(RunContainer request, boolean unclear) {
    outcomes.note(
        CLAIM.businessKey(),
        1,
        ContainerActivities.EXECUTOR,
        S3Documents.JSON.convertValue(executor, new TypeReference<Map<String, Object>>() {}));
    outcomes.began(request.key());
    return activities.stop(
        new StopContainers(CLAIM.businessKey(), Optional.empty(), unclear, Duration.ofSeconds(1)));
  }

  /** What was stored of its log. */
  public String log(ContainerEnd end) {
    return new String(documents.read(end.log().orElseThrow()), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    s3.close();
  }
}
