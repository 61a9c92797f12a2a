package io.towpath.sandbox.drs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.towpath.sandbox.control.Counters;
import io.towpath.sandbox.control.Fault;
import io.towpath.sandbox.control.FaultRule;
import io.towpath.sandbox.control.Faults;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.control.Mask;
import io.towpath.sandbox.http.ApiCalls;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Platform;
import io.towpath.sandbox.http.PlatformServer;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The minting routes and both GA4GH servers on ports, over files that a test puts in. */
final class TestDrs implements AutoCloseable {
  static final String TOKEN = "token-of-at-least-20-characters";
  static final String BUCKET = "published";
  static final String FILE = "5c24e7e1e4b0a1b2c3d4e5f6";
  static final String MD5 = "0123456789abcdef0123456789abcdef";
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));

  final Map<String, FileSource.PlatformFile> files = new HashMap<>();
  final Faults faults = new Faults();
  final Drs drs =
      new Drs(
          new DrsSettings(
              "ann",
              TOKEN,
              "us-east-1",
              (bucket, key) -> "http://s3.invalid/" + bucket + "/" + key + "?signed",
              CLOCK),
          id -> Optional.ofNullable(files.get(id)));
  final String dataset = drs.seed().dataset("registered", BUCKET);
  final ApiCalls api;
  final ApiCalls early;
  final ApiCalls late;
  private final Journal journal = new Journal(CLOCK, new Mask());
  private final List<PlatformServer> servers = new ArrayList<>();

  TestDrs() {
    Map<String, String> credentials = Map.of("X-SBG-Auth-Token", TOKEN);
    URI apiBase = serve(new InternalOnly(drs.internal())).resolve("/v2");
    api = new ApiCalls(apiBase, credentials).with("X-SBG-Advance-Access", "advance");
    early = new ApiCalls(serve(drs.server(Profile.V1_2)).resolve("/ga4gh/drs/v1"), credentials);
    late = new ApiCalls(serve(drs.server(Profile.V1_5)).resolve("/ga4gh/drs/v1"), credentials);
    files.put(
        FILE,
        new FileSource.PlatformFile(
            FILE,
            "x.bam",
            11,
            Map.of("etag", MD5 + "-2"),
            "application/octet-stream",
            CLOCK.instant(),
            CLOCK.instant(),
            "platform",
            "a/x.bam"));
  }

  private URI serve(Platform platform) {
    PlatformServer server =
        new PlatformServer(platform, new PlatformServer.Watch(journal, new Counters(), faults), 0);
    servers.add(server);
    return server.uri();
  }

  /** A body that mints. */
  String body(String name) {
    return """
    {'datasetId':'%s','name':'%s','size':7,
     'checksums':[{'type':'MD5','checksum':'%s'},{'type':'ETAG','checksum':'%s'}],
     'locationUrls':['s3://%s/out/%s']}
    """
        .formatted(dataset, name, MD5, MD5, BUCKET, name);
  }

  /** Mints and returns the id. */
  String minted(String name) {
    return api.post("/drs-internal/objects/index/", body(name)).at("/id");
  }

  void fault(String platform, String route, Fault.Kind kind) {
    Fault fault = new Fault(kind, 0, 0, 503, Map.of(), Optional.empty(), "");
    faults.add(
        new FaultRule(
            platform, route, 0, 1, Optional.empty(), fault, JsonNodeFactory.instance.objectNode()));
  }

  List<Journal.Effect> effects() {
    return journal.list(-1, any -> true);
  }

  @Override
  public void close() {
    servers.forEach(PlatformServer::close);
  }

  /** Only the minting routes of the Seven Bridges API. */
  private record InternalOnly(DrsInternal internal) implements Platform {
    @Override
    public String name() {
      return "sevenbridges";
    }

    @Override
    public List<String> bases() {
      return List.of("/v2");
    }

    @Override
    public List<Route> routes() {
      return internal.routes();
    }

    @Override
    public Authentication authenticate(Call call) {
      return Authentication.of("ann");
    }

    @Override
    public Optional<Reply> throttle(Call call) {
      return Optional.empty();
    }

    @Override
    public Reply error(int status, String message) {
      return Reply.text(status, "text/plain", message);
    }
  }
}
