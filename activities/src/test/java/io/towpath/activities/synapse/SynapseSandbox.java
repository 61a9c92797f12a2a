package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.towpath.activities.config.Secret;
import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.outside.OpenInternet;
import io.towpath.activities.outside.OutsideFiles;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Settings;
import io.towpath.activities.submit.Attempt;
import io.towpath.activities.submit.MemoryLedger;
import io.towpath.activities.transfer.TransferActivitiesImpl;
import io.towpath.activities.transfer.TransferLimits;
import io.towpath.sandbox.control.Counters;
import io.towpath.sandbox.control.Fault;
import io.towpath.sandbox.control.FaultRule;
import io.towpath.sandbox.control.Faults;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.control.Mask;
import io.towpath.sandbox.http.PlatformServer;
import io.towpath.sandbox.s3.S3Keys;
import io.towpath.sandbox.s3.SandboxS3;
import io.towpath.sandbox.synapse.SynapsePlatform;
import io.towpath.sandbox.synapse.SynapseSeed;
import io.towpath.workflows.ledger.Claim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;

/** Stand-ins of Synapse and S3 over HTTP, with their journal, and the adapter wired to them. */
final class SynapseSandbox implements AutoCloseable {
  static final String BUCKET = "results-bucket";
  static final Claim CLAIM = new Claim("round-trip/syn1.1/rnaseq", 1, 1);
  static final int WORKERS = 10;
  static final Duration SETTLE = Duration.ofMillis(600);
  private static final io.towpath.sandbox.synapse.SynapseAccount ANN =
      io.towpath.sandbox.synapse.SynapseAccount.certified(
          "3400001", "ann", "token-of-ann-0123456789");
  private static final io.towpath.sandbox.synapse.SynapseAccount BOB =
      io.towpath.sandbox.synapse.SynapseAccount.certified(
          "3400003", "bob", "token-of-bob-0123456789");
  private static final io.towpath.sandbox.synapse.SynapseAccount NOVICE =
      new io.towpath.sandbox.synapse.SynapseAccount(
          "3400002",
          "novice",
          "novice@example.org",
          "token-of-novice-0123456",
          false,
          Set.of("view", "download", "modify"));

  private static final io.towpath.sandbox.synapse.SynapseAccount READER =
      new io.towpath.sandbox.synapse.SynapseAccount(
          "3400004",
          "reader",
          "reader@example.org",
          "token-of-reader-0123456",
          true,
          Set.of("view"));

  /** A token of the form that Synapse gives, which says what it allows. */
  private static final io.towpath.sandbox.synapse.SynapseAccount TELLING =
      new io.towpath.sandbox.synapse.SynapseAccount(
          "3400005",
          "telling",
          "telling@example.org",
          "e30." + claims("{\"access\":{\"scope\":[\"view\",\"download\"]}}") + ".c2ln",
          true,
          Set.of("view", "download"));

  private final Journal journal = new Journal(Clock.systemUTC(), new Mask());
  private final Counters counters = new Counters();
  private final Faults faults = new Faults();
  private final SandboxS3 s3;
  private final PlatformServer server;
  private final SynapsePlatform platform;
  private final S3Clients clients;
  private final PageRunner pages = new PageRunner(Duration.ofMillis(50));
  private final SynapseConnections connections;
  final MemoryLedger ledger = new MemoryLedger();
  private int attempt = 1;

  SynapseSandbox() {
    Path folder = temporary();
    S3Keys user = new S3Keys("user", "secret-of-the-user-0123");
    PlatformServer.Watch watch = new PlatformServer.Watch(journal, counters, faults);
    s3 =
        new SandboxS3(
            new SandboxS3.Settings(
                folder.resolve("s3"),
                "us-east-1",
                user,
                new S3Keys("session", "secret-of-the-session-0"),
                new S3Keys("internal", "secret-of-the-inside-01"),
                Set.of("synapse-own"),
                Clock.systemUTC(),
                0),
            watch);
    platform =
        new SynapsePlatform(
            s3.store(),
            new io.towpath.sandbox.synapse.SynapseSettings(
                List.of(ANN, NOVICE, BOB, READER, TELLING),
                false,
                1,
                this::uri,
                Clock.systemUTC(),
                "synapse-own",
                new S3Keys("key", "secret"),
                folder));
    server = new PlatformServer(platform, watch, 0);
    clients =
        new S3Clients(
            new S3Settings(
                Optional.of(s3.uri()),
                Optional.of("us-east-1"),
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(user.accessKeyId(), user.secret()))));
    clients.once().createBucket(r -> r.bucket(BUCKET));
    connections = new SynapseConnections(connections(uri()), new OkHttpClient());
  }

  /** Ann has workers, each with a quota of its own. */
  private static Map<String, SynapseConnection> connections(URI uri) {
    Map<String, SynapseConnection> connections = new TreeMap<>();
    connections.put("default", new SynapseConnection(uri, new Secret(ANN.token())));
    connections.put("bob", new SynapseConnection(uri, new Secret(BOB.token())));
    connections.put("novice", new SynapseConnection(uri, new Secret(NOVICE.token())));
    connections.put("reader", new SynapseConnection(uri, new Secret(READER.token())));
    connections.put("telling", new SynapseConnection(uri, new Secret(TELLING.token())));
    connections.put("wrong", new SynapseConnection(uri, new Secret("no-token-of-anybody")));
    for (int i = 0; i < WORKERS; i++) {
      connections.put("worker " + i, worker(uri, i));
    }
    return connections;
  }

  private static String claims(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Equal connections would share a quota. */
  private static SynapseConnection worker(URI uri, int number) {
    return new SynapseConnection(
        uri, new Secret(ANN.token()), new SynapseConnection.Quota(601 + number, 3));
  }

  private static Path temporary() {
    try {
      Path folder = Files.createTempDirectory("synapse");
      Files.createDirectories(folder.resolve("s3"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return server.uri();
  }

  SynapseSeed seed() {
    return platform.seed();
  }

  SynapseConnections connections() {
    return connections;
  }

  SynapseClient client() {
    return connections.get("default").client();
  }

  S3Clients clients() {
    return clients;
  }

  S3Documents documents() {
    return new S3Documents(clients.repeating());
  }

  /** The adapter that lists and sums outputs. */
  TransferActivitiesImpl transfer() {
    return new TransferActivitiesImpl(
        clients,
        (connection, files) -> Map.of(),
        new OutsideFiles(
            new OpenInternet(new OkHttpClient()), clients.repeating(), pages, Map.of()),
        ledger,
        pages,
        TransferLimits.STANDARD,
        details -> {});
  }

  /** The adapter, in attempt {@link #attempt}. */
  SynapseActivitiesImpl activities() {
    return new SynapseActivitiesImpl(
        connections,
        clients,
        new OutsideFiles(
            new OpenInternet(new OkHttpClient()), clients.repeating(), pages, Map.of()),
        ledger,
        pages,
        SETTLE,
        () -> new Attempt(attempt, Duration.ofMinutes(5), () -> {}));
  }

  void attempt(int number) {
    attempt = number;
  }

  void put(String key, String content) {
    clients
        .repeating()
        .putObject(
            r -> r.bucket(BUCKET).key(key),
            RequestBody.fromBytes(content.getBytes(StandardCharsets.UTF_8)));
  }

  /** The next {@code times} calls of the route meet this fault. */
  void strike(String route, Fault.Kind kind, long ms, int code, int times) {
    faults.add(
        new FaultRule(
            "synapse",
            route,
            0,
            times,
            Optional.empty(),
            new Fault(kind, ms, 20, code, Map.of("Retry-After", "0"), Optional.of("<html>"), ""),
            JsonNodeFactory.instance.objectNode()));
  }

  void forget() {
    faults.clear();
    counters.clear();
    journal.clear();
  }

  /** Calls to Synapse since the last {@link #forget}, refused ones too. */
  long calls(String... routes) {
    return counters.list().stream()
        .filter(c -> c.platform().equals("synapse") && !c.route().endsWith("presigned"))
        .filter(c -> routes.length == 0 || List.of(routes).contains(c.route()))
        .mapToLong(Counters.Count::count)
        .sum();
  }

  /** Changes of Synapse since the last {@link #forget}. */
  List<Journal.Effect> effects(String... routes) {
    return journal.list(0, effect -> effect.platform().equals("synapse")).stream()
        .filter(Journal.Effect::committed)
        .filter(e -> routes.length == 0 || Stream.of(routes).anyMatch(e.route()::equals))
        .toList();
  }

  SeenFile seen(String id) {
    return SeenFile.of(client().bundle(id, OptionalLong.empty()));
  }

  @Override
  public void close() {
    pages.close();
    clients.close();
    server.close();
    s3.close();
  }
}
