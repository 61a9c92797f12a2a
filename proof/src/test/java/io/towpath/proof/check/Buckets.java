package io.towpath.proof.check;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Writes to a sandbox's buckets as anybody would. */
final class Buckets implements AutoCloseable {
  private final S3Client s3;

  Buckets(Map<String, String> env) {
    this.s3 =
        S3Client.builder()
            .endpointOverride(URI.create(String.valueOf(env.get("AWS_ENDPOINT_URL_S3"))))
            .forcePathStyle(true)
            .region(Region.of(String.valueOf(env.get("AWS_REGION"))))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        env.get("AWS_ACCESS_KEY_ID"), env.get("AWS_SECRET_ACCESS_KEY"))))
            .build();
  }

  void put(String uri, byte[] bytes) {
    s3.putObject(r -> r.bucket(S3.bucket(uri)).key(S3.key(uri)), RequestBody.fromBytes(bytes));
  }

  void beginUpload(String uri) {
    s3.createMultipartUpload(r -> r.bucket(S3.bucket(uri)).key(S3.key(uri)));
  }

  @Override
  public void close() {
    s3.close();
  }
}
