package io.towpath.activities.tower;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.towpath.activities.config.Secret;
import io.towpath.activities.poll.PollMemory;
import io.towpath.activities.poll.PollState;
import io.towpath.activities.submit.MemoryLedger;
import io.towpath.activities.submit.Settle;
import io.towpath.activities.submit.Settles;
import io.towpath.sandbox.control.Counters;
import io.towpath.sandbox.control.Fault;
import io.towpath.sandbox.control.FaultRule;
import io.towpath.sandbox.control.Faults;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.control.Mask;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.engine.SimulatedEngine;
import io.towpath.sandbox.http.PlatformServer;
import io.towpath.sandbox.seqera.SeqeraPlatform;
import io.towpath.sandbox.seqera.SeqeraSettings;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.tower.LaunchRequest;
import io.towpath.workflows.tower.ResolvedRun;
import io.towpath.workflows.tower.RunRef;
import io.towpath.workflows.tower.RunSpec;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** The sandbox's Seqera Platform on a port, the adapter before it, and what both remember. */
final class SeqeraStandIn implements AutoCloseable {
  static final String LAUNCH = "POST /workflow/launch";
  static final String PIPELINE = "https://github.com/towpath-demo/reads";
  static final String TOKEN = "an-access-token-of-the-test";
  static final Claim CLAIM = new Claim("round-trip/syn1.1/reads", 1, 1);
  static final Duration POLL_FLOOR = Duration.ofMillis(50);

  final MemoryLedger ledger = new MemoryLedger();
  final HeldState memory = new HeldState();
  final Plans plans = new Plans();
  final SeqeraPlatform platform;
  final TowerActivitiesImpl tower;
  private final Journal journal = new Journal(InstantSource.system(), new Mask());
  private final Counters counters = new Counters();
  private final Faults faults = new Faults();
  private final SimulatedEngine engine;
  private final PlatformServer server;
  private final OkHttpClient http = new OkHttpClient();
  private final Settle settle;
  private int planned;

  /** What heartbeat details are for a real activity. */
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

  SeqeraStandIn(Duration settleTime) {
    HeapObjects store = new HeapObjects();
    AtomicReference<URI> base = new AtomicReference<>(URI.create("http://127.0.0.1"));
    engine = new SimulatedEngine(store, InstantSource.system(), 10);
    SeqeraSettings settings = SeqeraSettings.of(TOKEN, base::get, "s3://bucket/work");
    platform = new SeqeraPlatform(settings.withLimits(false, 1), store, engine, plans);
    server = new PlatformServer(platform, new PlatformServer.Watch(journal, counters, faults), 0);
    base.set(URI.create(server.uri() + "/api"));
    settle = Settles.of(settleTime);
    tower = tower(Optional.of(platform.seed().workspace()));
  }

  TowerActivitiesImpl tower(Optional<String> workspace) {
    return tower(workspace, Watchers.none());
  }

  /** The same where somebody wakes who waits. */
  TowerActivitiesImpl tower(Watchers watchers) {
    return tower(Optional.of(platform.seed().workspace()), watchers);
  }

  private TowerActivitiesImpl tower(Optional<String> workspace, Watchers watchers) {
    return new TowerActivitiesImpl(
        sites(workspace), new TowerTools(ledger, settle, POLL_FLOOR, memory, watchers));
  }

  /** Looks for all runs at once. */
  WatcherActivitiesImpl watcher() {
    return new WatcherActivitiesImpl(
        sites(Optional.of(platform.seed().workspace())), POLL_FLOOR, memory);
  }

  TowerSites sites(Optional<String> workspace) {
    URI endpoint = URI.create(server.uri() + "/api");
    TowerConnection connection = new TowerConnection(endpoint, new Secret(TOKEN), workspace);
    return new TowerSites(http, Map.of("default", connection), POLL_FLOOR);
  }

  /** The adapter before it, for releases. */
  TowerExecutor executor() {
    return new TowerExecutor(sites(Optional.of(platform.seed().workspace())), "default");
  }

  long workspace() {
    return platform.seed().workspaceId();
  }

  /** The next calls of this route meet this fault. */
  void strike(String route, int times, Fault fault) {
    faults.add(
        new FaultRule(
            "seqera",
            route,
            0,
            times,
            Optional.empty(),
            fault,
            JsonNodeFactory.instance.objectNode()));
  }

  static Fault fault(Fault.Kind kind) {
    return new Fault(kind, 0, 0, 500, Map.of(), Optional.empty(), "");
  }

  static Fault status(int code) {
    return new Fault(Fault.Kind.STATUS, 0, 0, code, Map.of(), Optional.of("{}"), "");
  }

  /** A run that was launched and is in this state for an hour. */
  RunRef planned(String status) {
    planned++;
    RunKey key = new RunKey("abcdefghijkl" + (char) ('a' + planned));
    String name = "reads-" + key;
    plan(name, step(status, Duration.ofHours(1)));
    return tower.ensureRun(request(key, name, Optional.empty()));
  }

  /** How the next run with this name goes on. */
  void plan(String name, Plans.Step... steps) {
    plans.add("seqera", Pattern.compile(Pattern.quote(name)), 1, List.of(steps));
  }

  static Plans.Step step(String status, Duration lasts) {
    return new Plans.Step(status, lasts, MissingNode.getInstance());
  }

  /** Launches that changed the platform's state. */
  List<Journal.Effect> launches() {
    return journal.list(0, effect -> effect.route().equals(LAUNCH) && effect.committed());
  }

  JsonNode lastLaunch() {
    List<Journal.Effect> all = launches();
    return all.get(all.size() - 1).request().orElseThrow().path("launch");
  }

  /** Calls of a route since the last reset, whatever their answer. */
  long calls(String route) {
    return counters.list().stream()
        .filter(count -> count.route().equals(route))
        .mapToLong(Counters.Count::count)
        .sum();
  }

  long calls() {
    return counters.list().stream().mapToLong(Counters.Count::count).sum();
  }

  void resetCounts() {
    counters.clear();
  }

  static RunSpec spec(String pipeline) {
    return new RunSpec(
        "default",
        "runs[0]",
        pipeline,
        Optional.of("1.0.0"),
        false,
        Optional.empty(),
        Optional.empty());
  }

  ResolvedRun resolved() {
    return tower.resolve(spec(PIPELINE));
  }

  LaunchRequest request(RunKey key) {
    return request(key, "reads-" + key, Optional.empty());
  }

  LaunchRequest request(RunKey key, String runName, Optional<RunRef> resume) {
    return new LaunchRequest(
        "default",
        CLAIM,
        "reads",
        key,
        runName,
        resolved(),
        new LaunchRequest.Options(
            Map.of("outdir", "s3://bucket/out/" + key + "/"),
            List.of(),
            Optional.empty(),
            Optional.of("export A=1"),
            Optional.empty(),
            List.of()),
        resume,
        false);
  }

  /** A launch by hand, beside ours: the platform takes the same name any number of times. */
  String launchBeside(LaunchRequest request) {
    TowerConnection connection =
        new TowerConnection(URI.create(server.uri() + "/api"), new Secret(TOKEN), Optional.empty());
    return new TowerClient(http, TowerClient.account("default", connection))
        .launch(workspace(), LaunchBody.fresh(request, MissingNode.getInstance()));
  }

  List<String> launchedNames() {
    List<String> names = new ArrayList<>();
    launches().forEach(effect -> names.add(effect.object().orElseThrow().name()));
    return names;
  }

  @Override
  public void close() {
    server.close();
    engine.close();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
