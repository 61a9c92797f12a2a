package io.towpath.sandbox;

import io.towpath.sandbox.aws.AwsSettings;
import io.towpath.sandbox.control.ControlCalls;
import io.towpath.sandbox.control.ControlServer;
import io.towpath.sandbox.control.Counters;
import io.towpath.sandbox.control.Faults;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.control.Mask;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.drs.DrsSeed;
import io.towpath.sandbox.drs.DrsSettings;
import io.towpath.sandbox.engine.Engine;
import io.towpath.sandbox.engine.NextflowEngine;
import io.towpath.sandbox.engine.SimulatedEngine;
import io.towpath.sandbox.http.PlatformServer;
import io.towpath.sandbox.image.ImageRegistry;
import io.towpath.sandbox.s3.ObjectStore;
import io.towpath.sandbox.s3.S3Keys;
import io.towpath.sandbox.s3.SandboxS3;
import io.towpath.sandbox.seed.DemoSeed;
import io.towpath.sandbox.seed.DrsDemo;
import io.towpath.sandbox.seqera.SeqeraPlatform;
import io.towpath.sandbox.seqera.SeqeraSettings;
import io.towpath.sandbox.sevenbridges.SevenBridgesPlatform;
import io.towpath.sandbox.sevenbridges.SevenBridgesSeed;
import io.towpath.sandbox.sevenbridges.SevenBridgesSettings;
import io.towpath.sandbox.synapse.SynapseAccount;
import io.towpath.sandbox.synapse.SynapsePlatform;
import io.towpath.sandbox.synapse.SynapseSeed;
import io.towpath.sandbox.synapse.SynapseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Every stand-in on a loopback port of its own, with the control port that watches them. */
public final class Sandbox implements AutoCloseable {
  private static final String REGION = "us-east-1";
  private static final String SYNAPSE_BUCKET = "proddata.sagebase.org";
  private static final String SEVEN_BRIDGES_BUCKET = "cavatica-main";
  private static final String SEVEN_BRIDGES_USER = "towpath-demo";
  private static final String LEDGER_BUCKET = "towpath-ledger";

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Map<String, String> env = new LinkedHashMap<>();
  private final Mask mask = new Mask();
  private final ObjectStore store;
  private final SynapsePlatform synapse;
  private final SeqeraPlatform seqera;
  private final SevenBridgesPlatform sevenBridges;
  private final DrsStands drs;
  private final ReleaseStands releases;

  private Sandbox(SandboxOptions options) throws IOException {
    InstantSource clock = InstantSource.system();
    Path data = options.data().isPresent() ? options.data().get() : temporaryFolder();
    Files.createDirectories(data);
    Plans plans = new Plans();
    PlatformServer.Watch watch =
        new PlatformServer.Watch(new Journal(clock, mask), new Counters(), new Faults());
    S3Keys user = keys("TOWPATHSANDBOXUSER");
    S3Keys session = keys("TOWPATHSANDBOXSTS0");
    SandboxS3 s3 =
        new SandboxS3(
            new SandboxS3.Settings(
                folder(data, "s3"),
                REGION,
                user,
                session,
                keys("TOWPATHSANDBOXSELF"),
                Set.of(SYNAPSE_BUCKET, SEVEN_BRIDGES_BUCKET),
                clock,
                0),
            watch);
    open.push(s3);
    store = s3.store();
    makeBucket(LEDGER_BUCKET);
    makeBucket(DemoSeed.BUCKET);

    String synapseToken = secret();
    AtomicReference<URI> synapseBase = new AtomicReference<>(URI.create("http://127.0.0.1"));
    synapse =
        new SynapsePlatform(
            store,
            new SynapseSettings(
                List.of(SynapseAccount.certified("3412345", "towpath-user", synapseToken)),
                options.limits(),
                options.quotaSpeed(),
                synapseBase::get,
                clock,
                SYNAPSE_BUCKET,
                session,
                folder(data, "synapse")));
    URI synapseUri = serve(new PlatformServer(synapse, watch, 0));
    synapseBase.set(synapseUri);

    String seqeraToken = secret();
    AtomicReference<URI> seqeraBase = new AtomicReference<>(URI.create("http://127.0.0.1/api"));
    Engine engine =
        options.nextflow()
            ? new NextflowEngine(store, folder(data, "nextflow"), clock)
            : new SimulatedEngine(store, clock, options.speed());
    open.push(engine);
    seqera =
        new SeqeraPlatform(
            SeqeraSettings.of(seqeraToken, seqeraBase::get, "s3://" + DemoSeed.BUCKET + "/work")
                .withLimits(options.limits(), options.quotaSpeed())
                .withListingLag(options.horizons().listing()),
            store,
            engine,
            plans);
    URI seqeraUri = URI.create(serve(new PlatformServer(seqera, watch, 0)) + "/api");
    seqeraBase.set(seqeraUri);

    String sevenBridgesToken = secret();
    sevenBridges =
        new SevenBridgesPlatform(sevenBridges(options, sevenBridgesToken, s3, data), store, plans);
    open.push(sevenBridges);
    drs =
        new DrsStands(
            new DrsSettings(SEVEN_BRIDGES_USER, sevenBridgesToken, REGION, s3.links(), clock),
            sevenBridges.files(),
            secret(),
            platform -> serve(new PlatformServer(platform, watch, 0)));
    sevenBridges.serve(drs.drs.internal().routes());
    URI sevenBridgesUri = URI.create(serve(new PlatformServer(sevenBridges, watch, 0)) + "/v2");

    releases =
        new ReleaseStands(
            new ReleaseStands.Ground(
                folder(data, "containers"),
                clock,
                plans,
                platform -> serve(new PlatformServer(platform, watch, 0))),
            options,
            new AwsSettings.Keys(user.accessKeyId(), user.secret(), REGION),
            synapseToken);
    open.push(releases);

    Map<String, String> seed = new LinkedHashMap<>();
    if (options.demoSeed()) {
      seed.putAll(DemoSeed.plant(store, synapse.seed(), seqera.seed(), sevenBridges.seed()));
      seed.putAll(DrsDemo.plant(store, drs.drs.seed()));
      env.put("TOWPATH_DRS_DATASETS", DrsDemo.datasets(seed));
      seed.putAll(releases.plant(synapse.seed(), seed.getOrDefault("synapse.project", "")));
    }
    Supplier<Map<String, String>> seeded = () -> seed;
    ControlServer control =
        new ControlServer(
            new ControlCalls(
                watch.journal(),
                watch.counters(),
                watch.faults(),
                plans,
                Map.of("synapse", synapse.stack(), "sevenbridges", sevenBridges.stack()),
                seeded),
            0);
    open.push(control);
    describe(synapseUri, synapseToken, seqeraUri, seqeraToken, s3.uri(), user);
    env.put("SB_API_ENDPOINT", sevenBridgesUri.toString());
    env.put("SB_AUTH_TOKEN", sevenBridgesToken);
    env.putAll(drs.env());
    env.putAll(releases.env());
    env.put("TOWPATH_SANDBOX_CONTROL", control.uri().toString());
  }

  /** Starts everything; what it returns answers on every port. */
  public static Sandbox start(SandboxOptions options) {
    try {
      return new Sandbox(options);
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox's data folder cannot be used", e);
    }
  }

  /** The environment that a worker needs, and the control port's URL; interface.md section 3. */
  public Map<String, String> env() {
    return Collections.unmodifiableMap(env);
  }

  /** Plants more in Synapse, for tests. */
  public SynapseSeed synapseSeed() {
    return synapse.seed();
  }

  /** Plants more in Seven Bridges, for tests. */
  public SevenBridgesSeed sevenBridgesSeed() {
    return sevenBridges.seed();
  }

  /** Plants more in CAVATICA's DRS, for tests. */
  public DrsSeed drsSeed() {
    return drs.drs.seed();
  }

  /** Publishes more images, or moves tags, for tests. */
  public ImageRegistry images() {
    return releases.registry;
  }

  /** Into the S3 server past faults and journal, for tests. */
  public ObjectStore objects() {
    return store;
  }

  private void describe(
      URI synapseBase,
      String synapseToken,
      URI seqeraBase,
      String seqeraToken,
      URI s3,
      S3Keys keys) {
    env.put("SYNAPSE_ENDPOINT", synapseBase.toString());
    env.put("SYNAPSE_AUTH_TOKEN", synapseToken);
    env.put("TOWER_API_ENDPOINT", seqeraBase.toString());
    env.put("TOWER_ACCESS_TOKEN", seqeraToken);
    env.put("TOWER_WORKSPACE_ID", String.valueOf(seqera.seed().workspaceId()));
    env.put("AWS_ENDPOINT_URL_S3", s3.toString());
    env.put("AWS_ACCESS_KEY_ID", keys.accessKeyId());
    env.put("AWS_SECRET_ACCESS_KEY", keys.secret());
    env.put("AWS_REGION", REGION);
    env.put("TOWPATH_LEDGER", "s3://" + LEDGER_BUCKET + "/");
    env.put("TOWPATH_POLL_FLOOR", "PT1S");
    env.put("TOWPATH_SETTLE", "PT3S");
  }

  private static SevenBridgesSettings sevenBridges(
      SandboxOptions options, String token, SandboxS3 s3, Path data) throws IOException {
    return new SevenBridgesSettings(
        SEVEN_BRIDGES_USER,
        token,
        options.limits(),
        options.quotaSpeed(),
        options.speed(),
        SEVEN_BRIDGES_BUCKET,
        s3.links(),
        options.cwlRunner(folder(data, "cwl")),
        InstantSource.system());
  }

  private URI serve(PlatformServer server) {
    open.push(server);
    return server.uri();
  }

  private void makeBucket(String bucket) {
    if (!store.bucketExists(bucket)) {
      store.createBucket(bucket);
    }
  }

  private S3Keys keys(String id) {
    return new S3Keys(id, secret());
  }

  private String secret() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    mask.add(secret);
    return secret;
  }

  private Path temporaryFolder() throws IOException {
    Path folder = Files.createTempDirectory("towpath-sandbox");
    open.push(() -> Folders.delete(folder));
    return folder;
  }

  private static Path folder(Path data, String name) throws IOException {
    return Files.createDirectories(data.resolve(name));
  }

  /** Ends what was begun, in reverse order. */
  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("the sandbox does not close", e);
      }
    }
  }
}
