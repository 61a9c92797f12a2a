package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.config.Secret;
import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.poll.PollMemory;
import io.towpath.activities.poll.PollState;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.activities.submit.Attempt;
import io.towpath.activities.submit.MemoryLedger;
import io.towpath.sandbox.control.Counters;
import io.towpath.sandbox.control.Fault;
import io.towpath.sandbox.control.FaultRule;
import io.towpath.sandbox.control.Faults;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.control.Mask;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.http.PlatformServer;
import io.towpath.sandbox.sevenbridges.SevenBridgesPlatform;
import io.towpath.sandbox.sevenbridges.SevenBridgesSeed;
import io.towpath.sandbox.sevenbridges.SevenBridgesSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Stand-ins of Seven Bridges and S3 over HTTP, with their journal, and the adapter before them. */
final class SevenBridgesSandbox implements AutoCloseable {
  static final String TOKEN = "token-of-ann-0123456789";
  static final String BUCKET = "demo";

  /** Time of the stand-in, as tests set it. */
  static final class Time implements InstantSource {
    private volatile Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private volatile boolean flies;

    @Override
    public Instant instant() {
      if (flies) {
        pass(Duration.ofMillis(100));
      }
      return now;
    }

    /** Whether it goes on by 100 ms whenever somebody looks at the clock. */
    void fly(boolean whether) {
      flies = whether;
    }

    synchronized void pass(Duration duration) {
      now = now.plus(duration);
    }
  }

  /** What heartbeat details are to a real activity. */
  static final class HeldState implements PollMemory {
    private @Nullable PollState state;

    @Override
    public Optional<PollState> recall() {
      return Optional.ofNullable(state);
    }

    @Override
    public void keep(PollState kept) {
      state = kept;
    }

    void forget() {
      state = null;
    }
  }

  private record Hook(String method, String path, Runnable action) {}

  final Time time = new Time();
  final S3Sandbox s3 = new S3Sandbox();
  final S3Documents documents = new S3Documents(s3.clients().repeating());
  final MemoryLedger ledger = new MemoryLedger();
  final Plans plans = new Plans();
  final SevenBridgesPlatform platform;
  final SevenBridgesSeed seed;
  private final Journal journal = new Journal(time, new Mask());
  private final Counters counters = new Counters();
  private final Faults faults = new Faults();
  private final PlatformServer server;
  private final AtomicReference<@Nullable Hook> hook = new AtomicReference<>();
  private final OkHttpClient http =
      new OkHttpClient.Builder().addInterceptor(this::afterCall).build();
  final PageRunner pages = new PageRunner(Duration.ofMillis(50));
  private final SevenBridgesAccounts accounts;
  private int attempt = 1;

  SevenBridgesSandbox() {
    this(false);
  }

  /**
   * @param limits whether the platform enforces its quota
   */
  SevenBridgesSandbox(boolean limits) {
    s3.store().createBucket(BUCKET);
    platform =
        new SevenBridgesPlatform(
            new SevenBridgesSettings(
                "ann",
                TOKEN,
                limits,
                1,
                1,
                "platform-own",
                (bucket, key) -> "http://s3.invalid/" + bucket + "/" + key,
                Optional.empty(),
                time),
            s3.store(),
            plans);
    seed = platform.seed();
    server = new PlatformServer(platform, new PlatformServer.Watch(journal, counters, faults), 0);
    accounts =
        new SevenBridgesAccounts(
            Map.of("default", connection(TOKEN), "wrong", connection("nobody's-token-0123456")),
            http,
            Duration.ofMillis(1));
  }

  private SevenBridgesConnection connection(String token) {
    return new SevenBridgesConnection(
        URI.create(server.uri() + "/v2"),
        new Secret(token),
        new SevenBridgesConnection.Quota(1_000_000, 8));
  }

  /** Calls of tests themselves. */
  SevenBridgesApi api() {
    return new SevenBridgesApi(http, "default", connection(TOKEN));
  }

  SevenBridgesAccounts accounts() {
    return accounts;
  }

  SevenBridgesAccount account() {
    return accounts.get("default");
  }

  SevenBridgesClient client() {
    return account().client();
  }

  /** The adapter, in attempt {@link #attempt}, with a wait that begins anew. */
  SevenBridgesActivitiesImpl activities() {
    return new SevenBridgesActivitiesImpl(
        accounts,
        new SevenBridgesTools(
            documents,
            ledger,
            pages,
            (claim, project, keys) -> Set.of(),
            this::attempt,
            Duration.ofMillis(300),
            Duration.ofMillis(1),
            new HeldState()));
  }

  Attempt attempt() {
    return new Attempt(attempt, Duration.ofMinutes(10), () -> {});
  }

  void attempt(int number) {
    attempt = number;
  }

  void pass(Duration duration) {
    time.pass(duration);
  }

  /** An object in the bucket. */
  void put(String key, String content) {
    s3.store().put(BUCKET, key, "text/plain", content.getBytes(StandardCharsets.UTF_8));
  }

  static ObjectNode object(String json) {
    try {
      return (ObjectNode) S3Documents.JSON.readTree(json.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How the next import of a file with this in its name goes on. */
  void plan(String match, Plans.Step... steps) {
    plans.add("sevenbridges", Pattern.compile(match), 1, List.of(steps));
  }

  static Plans.Step failing(int code, String message) {
    return new Plans.Step(
        "FAILED",
        Duration.ZERO,
        object("{'code':%d,'errorMessage':'%s'}".formatted(code, message)));
  }

  void strike(String route, int times, Fault fault) {
    faults.add(
        new FaultRule(
            "sevenbridges",
            route,
            0,
            times,
            Optional.empty(),
            fault,
            JsonNodeFactory.instance.objectNode()));
  }

  static Fault fault(Fault.Kind kind) {
    return new Fault(kind, 100, 10, 503, Map.of(), Optional.of("<html>no</html>"), "");
  }

  /** Happens once, directly after the answer to the next call of this method and path end. */
  void afterNext(String method, String path, Runnable action) {
    hook.set(new Hook(method, path, action));
  }

  private Response afterCall(Interceptor.Chain chain) throws IOException {
    Response answer = chain.proceed(chain.request());
    Hook waiting = hook.get();
    if (waiting != null
        && chain.request().method().equals(waiting.method())
        && chain.request().url().encodedPath().endsWith(waiting.path())
        && hook.compareAndSet(waiting, null)) {
      waiting.action().run();
    }
    return answer;
  }

  /** Calls that changed something, of a route or of all. */
  List<Journal.Effect> effects(String... routes) {
    return journal.list(
        -1,
        effect ->
            effect.committed() && (routes.length == 0 || List.of(routes).contains(effect.route())));
  }

  /** Mutating calls of a route, whatever came of them. */
  List<Journal.Effect> sent(String route) {
    return journal.list(-1, effect -> effect.route().equals(route));
  }

  long calls(String... routes) {
    return counters.list().stream()
        .filter(count -> routes.length == 0 || List.of(routes).contains(count.route()))
        .mapToLong(Counters.Count::count)
        .sum();
  }

  /** Calls that were refused for the quota. */
  long refused() {
    return counters.list().stream()
        .filter(count -> count.status() == 429)
        .mapToLong(Counters.Count::count)
        .sum();
  }

  /** Forgets faults, calls and effects so far. */
  void forget() {
    faults.clear();
    counters.clear();
    journal.clear();
  }

  @Override
  public void close() {
    server.close();
    platform.close();
    pages.close();
    s3.close();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
