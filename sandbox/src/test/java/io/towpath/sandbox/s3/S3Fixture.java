package io.towpath.sandbox.s3;

import io.towpath.sandbox.control.Counters;
import io.towpath.sandbox.control.Faults;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.control.Mask;
import io.towpath.sandbox.http.PlatformServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** One S3 with a bucket for the user and one that belongs to another platform. */
final class S3Fixture implements AutoCloseable {
  static final String BUCKET = "work";
  static final String FOREIGN = "synapse-own";

  private final S3Keys user = keys("AKIAUSER");
  private final S3Keys session = keys("ASIASESSION");
  private final S3Keys internal = keys("AKIAINNER");
  final Journal journal = new Journal(InstantSource.system(), new Mask());
  final Counters counters = new Counters();
  final Faults faults = new Faults();
  final SandboxS3 server;
  final S3Client s3;

  S3Fixture() {
    server =
        new SandboxS3(
            new SandboxS3.Settings(
                folder(),
                "us-east-1",
                user,
                session,
                internal,
                Set.of(FOREIGN),
                InstantSource.system(),
                0),
            new PlatformServer.Watch(journal, counters, faults));
    server.store().createBucket(BUCKET);
    server.store().createBucket(FOREIGN);
    s3 = client(AwsBasicCredentials.create(user.accessKeyId(), user.secret()));
  }

  private static S3Keys keys(String id) {
    return new S3Keys(id, UUID.randomUUID().toString());
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("sandbox-s3-test-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client as the SDK makes it, but for retries, which would hide faults. */
  private S3Client client(AwsCredentials credentials) {
    return S3Client.builder()
        .endpointOverride(server.uri())
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClientBuilder(Apache5HttpClient.builder())
        .overrideConfiguration(over -> over.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  S3Client withSession() {
    return client(
        AwsSessionCredentials.create(session.accessKeyId(), session.secret(), "a-session-token"));
  }

  S3Client withWrongSecret() {
    return client(AwsBasicCredentials.create(user.accessKeyId(), "not-the-secret"));
  }

  S3Client withInternalKeys() {
    return client(AwsBasicCredentials.create(internal.accessKeyId(), internal.secret()));
  }

  S3Presigner presigner() {
    return S3Presigner.builder()
        .endpointOverride(server.uri())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(user.accessKeyId(), user.secret())))
        .build();
  }

  URI uri() {
    return server.uri();
  }

  List<Journal.Effect> effects() {
    return journal.list(0, any -> true);
  }

  @Override
  public void close() {
    s3.close();
    server.close();
  }
}
