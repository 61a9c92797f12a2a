package io.towpath.activities.drs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.towpath.activities.config.Secret;
import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.http.ApiAccount;
import io.towpath.activities.ledger.Ledger;
import io.towpath.activities.ledger.LedgerEffects;
import io.towpath.activities.sevenbridges.SevenBridgesAccounts;
import io.towpath.activities.sevenbridges.SevenBridgesConnection;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.activities.submit.Attempt;
import io.towpath.activities.submit.ExactlyOnceContract;
import io.towpath.sandbox.control.Counters;
import io.towpath.sandbox.control.Fault;
import io.towpath.sandbox.control.FaultRule;
import io.towpath.sandbox.control.Faults;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.control.Mask;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.drs.Drs;
import io.towpath.sandbox.drs.DrsSeed;
import io.towpath.sandbox.drs.DrsSettings;
import io.towpath.sandbox.drs.FileSource;
import io.towpath.sandbox.drs.Profile;
import io.towpath.sandbox.http.Platform;
import io.towpath.sandbox.http.PlatformServer;
import io.towpath.sandbox.indexd.IndexdPlatform;
import io.towpath.sandbox.indexd.IndexdSettings;
import io.towpath.sandbox.s3.S3Links;
import io.towpath.sandbox.sevenbridges.SevenBridgesPlatform;
import io.towpath.sandbox.sevenbridges.SevenBridgesSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;

/** Stand-ins of CAVATICA's DRS, indexd and S3 over HTTP, and the adapter wired to them. */
final class DrsSandbox implements AutoCloseable {
  static final String MINT = "POST /drs-internal/objects/index/";
  static final String RECORD = "POST /index";
  static final String PUBLISH = "PATCH /drs-internal/datasets/{id}/publish";
  private static final SevenBridgesConnection.Quota PLENTY =
      new SevenBridgesConnection.Quota(900_000, 16);
  private static final String TOKEN = "token-of-ann-on-cavatica";
  private static final String PASSWORD = "password-of-the-indexer";
  private static final InstantSource CLOCK = InstantSource.system();
  private static final S3Links LINKS = (bucket, key) -> "https://s3.invalid/" + bucket + "?signed";

  final S3Sandbox s3 = new S3Sandbox();
  final IndexdPlatform indexd =
      new IndexdPlatform(new IndexdSettings("indexer", PASSWORD, "dg.4DFC/", LINKS, CLOCK));
  private final Journal journal = new Journal(CLOCK, new Mask());
  private final Counters counters = new Counters();
  private final Faults faults = new Faults();
  private final Deque<Runnable> open = new ArrayDeque<>();
  private final PageRunner pages = new PageRunner(Duration.ofMillis(50));
  private final SevenBridgesPlatform sevenBridges;
  private final Drs drs;
  private final Map<String, String> env = new TreeMap<>();
  private final OkHttpClient http = new OkHttpClient();
  private final Map<String, ApiAccount> accounts;
  private Duration settle = Duration.ofMillis(100);
  private int attempt = 1;

  DrsSandbox() {
    open.push(s3::close);
    s3.store().createBucket("cavatica-main");
    sevenBridges =
        new SevenBridgesPlatform(
            new SevenBridgesSettings(
                "ann", TOKEN, false, 1, 10, "cavatica-main", LINKS, Optional.empty(), CLOCK),
            s3.store(),
            new Plans());
    open.push(sevenBridges::close);
    drs = new Drs(new DrsSettings("ann", TOKEN, "us-east-1", LINKS, CLOCK), this::file);
    sevenBridges.serve(drs.internal().routes());
    URI api = URI.create(serve(sevenBridges) + "/v2");
    env.put("DRS_ENDPOINT", serve(drs.server(Profile.V1_2)).toString());
    env.put("DRS_ENDPOINT_1_5", serve(drs.server(Profile.V1_5)).toString());
    env.put("INDEXD_ENDPOINT", serve(indexd).toString());
    env.put("INDEXD_AUTH", "indexer:" + PASSWORD);
    accounts =
        new SevenBridgesAccounts(
                Map.of(
                    "default",
                    new SevenBridgesConnection(api, new Secret(TOKEN), PLENTY),
                    "wrong",
                    new SevenBridgesConnection(api, new Secret("no-token-of-anybody"))),
                http,
                Duration.ofMillis(50))
            .shared();
    open.push(pages::close);
  }

  private Optional<FileSource.PlatformFile> file(String id) {
    return sevenBridges
        .files()
        .find(id)
        .map(
            file ->
                new FileSource.PlatformFile(
                    file.id(),
                    file.name(),
                    file.size(),
                    Map.of("etag", file.etag()),
                    file.contentType(),
                    file.created(),
                    file.modified(),
                    file.bucket(),
                    file.key()));
  }

  private URI serve(Platform platform) {
    PlatformServer server =
        new PlatformServer(platform, new PlatformServer.Watch(journal, counters, faults), 0);
    open.push(server::close);
    return server.uri();
  }

  /** What the worker's environment says. */
  Map<String, String> env() {
    return env;
  }

  DrsSeed seed() {
    return drs.seed();
  }

  /** A file that lies on the platform; returns its id. */
  String platformFile(String name, String content) {
    String project = sevenBridges.seed().project(name);
    return sevenBridges.seed().file(project, name, content.getBytes(StandardCharsets.UTF_8));
  }

  S3Documents documents() {
    return new S3Documents(s3.clients().repeating());
  }

  /** The next calls of the adapter are of this attempt. */
  void attempt(int number) {
    attempt = number;
  }

  /** Workers that are started from now on look so long for an unclear outcome. */
  void settle(Duration total) {
    settle = total;
  }

  /** A worker that was started just now. */
  DrsActivitiesImpl worker() {
    return worker(env);
  }

  DrsActivitiesImpl worker(Map<String, String> environment) {
    Ledger ledger =
        new Ledger(s3.clients(), io.towpath.workflows.model.S3Uri.of(S3Sandbox.BUCKET, "ledger/"));
    return new DrsActivitiesImpl(
        sites(environment),
        new DrsTools(
            documents(),
            LedgerEffects.ofMints(ledger),
            pages,
            () -> new Attempt(attempt, Duration.ofMinutes(5), () -> {}),
            settle));
  }

  DrsSites sites() {
    return sites(env);
  }

  DrsSites sites(Map<String, String> environment) {
    return new DrsSites(DrsEnvironment.servers(environment).connections(accounts, Map.of()), http);
  }

  /** The next {@code times} calls of a route whose body matches meet this fault. */
  void strike(String platform, String route, String body, Fault fault, int times) {
    faults.add(
        new FaultRule(
            platform,
            route,
            0,
            times,
            Optional.of(Pattern.compile(body)),
            fault,
            JsonNodeFactory.instance.objectNode()));
  }

  static Fault status(int code, String body) {
    return new Fault(
        Fault.Kind.STATUS, 0, 10, code, Map.of("Retry-After", "0"), Optional.of(body), "");
  }

  /** What the contract of all effects calls so, as the sandbox does it. */
  static Fault fault(ExactlyOnceContract.Fault fault) {
    Fault.Kind kind =
        switch (fault) {
          case REFUSE -> Fault.Kind.REFUSE;
          case DROP_BEFORE_COMMIT -> Fault.Kind.DROP_BEFORE_COMMIT;
          case DROP_AFTER_COMMIT -> Fault.Kind.DROP_AFTER_COMMIT;
          case LATE_COMMIT -> Fault.Kind.LATE_COMMIT;
          case TRUNCATED -> Fault.Kind.TRUNCATE;
          case BAD_GATEWAY_AFTER_COMMIT, UNAVAILABLE_AFTER_COMMIT -> Fault.Kind.STATUS_AFTER_COMMIT;
          case UNAVAILABLE_AT_ONCE, REQUEST_TIMEOUT, THROTTLED -> Fault.Kind.STATUS;
        };
    int code =
        switch (fault) {
          case BAD_GATEWAY_AFTER_COMMIT -> 502;
          case REQUEST_TIMEOUT -> 408;
          case THROTTLED -> 429;
          default -> 503;
        };
    return new Fault(
        kind, 250, 10, code, Map.of("Retry-After", "0"), Optional.of("<html>Bad gateway"), "");
  }

  void spare() {
    faults.clear();
  }

  void forget() {
    faults.clear();
    counters.clear();
    journal.clear();
  }

  /** Calls since the last {@link #forget}, refused ones too. */
  long calls(String platform, String... routes) {
    return counters.list().stream()
        .filter(count -> count.platform().equals(platform))
        .filter(count -> routes.length == 0 || List.of(routes).contains(count.route()))
        .mapToLong(Counters.Count::count)
        .sum();
  }

  /** Changes on all platforms since the last {@link #forget}. */
  List<Journal.Effect> effects(String... routes) {
    return journal.list(-1, Journal.Effect::committed).stream()
        .filter(effect -> routes.length == 0 || List.of(routes).contains(effect.route()))
        .toList();
  }

  @Override
  public void close() {
    open.forEach(Runnable::run);
  }
}
