package io.towpath.sandbox.indexd;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.towpath.sandbox.control.Counters;
import io.towpath.sandbox.control.Fault;
import io.towpath.sandbox.control.FaultRule;
import io.towpath.sandbox.control.Faults;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.control.Mask;
import io.towpath.sandbox.http.ApiCalls;
import io.towpath.sandbox.http.PlatformServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The stand-in on a port, with a clock that only moves when told, and a client for it. */
final class TestIndexd implements AutoCloseable {
  static final String PREFIX = "dg.4DFC/";
  static final String MD5 = "0123456789abcdef0123456789abcdef";
  private static final String PASSWORD = "password-of-20-characters";

  private volatile Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private final InstantSource clock = () -> now;
  final IndexdPlatform platform =
      new IndexdPlatform(
          new IndexdSettings(
              "ann",
              PASSWORD,
              PREFIX,
              (bucket, key) -> "http://s3.invalid/" + bucket + "/" + key,
              clock));
  private final Faults faults = new Faults();
  private final Journal journal = new Journal(clock, new Mask());
  private final PlatformServer server =
      new PlatformServer(platform, new PlatformServer.Watch(journal, new Counters(), faults), 0);
  final ApiCalls api = new ApiCalls(server.uri(), Map.of("Authorization", basic("ann", PASSWORD)));

  static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  void pass(Duration duration) {
    now = now.plus(duration);
  }

  static String did() {
    return PREFIX + UUID.randomUUID();
  }

  /** A good body. */
  static String body(String did) {
    return """
    {'did':'%s','form':'object','size':7,'hashes':{'md5':'%s'},'urls':['s3://bucket/%s'],
     'file_name':'a.bam','content_created_date':'2026-11-23T10:00:00+00:00'}
    """
        .formatted(did, MD5, did);
  }

  /** Adds a record and returns its did. */
  String added() {
    String did = did();
    api.post("/index/", body(did));
    return did;
  }

  void fault(String route, Fault.Kind kind, long ms) {
    Fault fault = new Fault(kind, ms, 0, 503, Map.of(), Optional.empty(), "");
    faults.add(
        new FaultRule(
            "indexd", route, 0, 1, Optional.empty(), fault, JsonNodeFactory.instance.objectNode()));
  }

  List<Journal.Effect> committed() {
    return journal.list(-1, Journal.Effect::committed);
  }

  @Override
  public void close() {
    server.close();
  }
}
