package io.towpath.activities.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.towpath.sandbox.control.Counters;
import io.towpath.sandbox.control.Fault;
import io.towpath.sandbox.control.FaultRule;
import io.towpath.sandbox.control.Faults;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.control.Mask;
import io.towpath.sandbox.http.PlatformServer;
import io.towpath.sandbox.s3.ObjectStore;
import io.towpath.sandbox.s3.S3Keys;
import io.towpath.sandbox.s3.SandboxS3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The sandbox's S3 with one bucket, its faults and its journal. */
public final class S3Sandbox implements AutoCloseable {
  public static final String BUCKET = "towpath-test";

  private final Journal journal = new Journal(InstantSource.system(), new Mask());
  private final Faults faults = new Faults();
  private final SandboxS3 server;
  private final S3Clients clients;

  public S3Sandbox() {
    S3Keys user = new S3Keys("TESTUSER", "the-secret-of-the-test-user");
    server =
        new SandboxS3(
            new SandboxS3.Settings(
                folder(),
                "us-east-1",
                user,
                new S3Keys("TESTSESSION", "the-secret-of-the-test-session"),
                new S3Keys("TESTINTERNAL", "the-secret-of-the-sandbox"),
                Set.of(),
                InstantSource.system(),
                0),
            new PlatformServer.Watch(journal, new Counters(), faults));
    server.store().createBucket(BUCKET);
    clients =
        new S3Clients(
            new S3Settings(
                Optional.of(server.uri()),
                Optional.of("us-east-1"),
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(user.accessKeyId(), user.secret()))));
  }

  public S3Clients clients() {
    return clients;
  }

  /** Past faults and journal, for the stand-ins of platforms that keep bytes here. */
  public ObjectStore store() {
    return server.store();
  }

  /** Strikes the next {@code times} calls of a route whose key matches. */
  public void strike(String route, int times, String key, Fault.Kind kind, int code) {
    faults.add(
        new FaultRule(
            "s3",
            route,
            0,
            times,
            Optional.of(Pattern.compile(key)),
            new Fault(kind, 300, 10, code, headers(code), Optional.empty(), ""),
            JsonNodeFactory.instance.objectNode()));
  }

  /** A store that says that it stored something states its ETag. */
  private static Map<String, String> headers(int code) {
    return code == 200 ? Map.of("ETag", "\"d41d8cd98f00b204e9800998ecf8427e\"") : Map.of();
  }

  /** How many calls the faults in force struck. */
  public long struck() {
    return faults.list().stream().mapToLong(rule -> rule.path("hits").asLong()).sum();
  }

  public void spare() {
    faults.clear();
  }

  /** Calls of a mutating route whose object's name has this in it, committed or not. */
  public List<Journal.Effect> effects(String route, String name) {
    return journal.list(
        0,
        effect ->
            effect.route().equals(route)
                && effect
                    .request()
                    .map(request -> request.toString().contains(name))
                    .orElse(false));
  }

  @Override
  public void close() {
    clients.close();
    server.close();
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("towpath-s3");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
