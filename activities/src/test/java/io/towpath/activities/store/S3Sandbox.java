package io.towpath.activities.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A real S3 server with one bucket. */
public final class S3Sandbox implements AutoCloseable {
  public static final String BUCKET = "towpath-test";
  private final S3Proxy proxy;
  private final S3Clients clients;

  public S3Sandbox() {
    try {
      Path folder = Files.createTempDirectory("s3");
      proxy =
          S3Proxy.builder()
              .blobStore(new FilesystemNio2BlobStore(folder.toString()))
              .endpoint(URI.create("http://127.0.0.1:0"))
              .awsAuthentication(AuthenticationType.AWS_V4, "key", "a-secret-of-the-test")
              .ignoreUnknownHeaders(true)
              .build();
      proxy.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    clients =
        new S3Clients(
            new S3Settings(
                Optional.of(URI.create("http://127.0.0.1:" + proxy.getPort())),
                Optional.of("us-east-1"),
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create("key", "a-secret-of-the-test"))));
    clients.once().createBucket(r -> r.bucket(BUCKET));
  }

  public S3Clients clients() {
    return clients;
  }

  @Override
  public void close() {
    clients.close();
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
