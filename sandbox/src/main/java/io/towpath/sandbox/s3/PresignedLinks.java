package io.towpath.sandbox.s3;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Signs downloads with the key that platforms hand out, as S3 itself would take it. */
final class PresignedLinks implements S3Links, AutoCloseable {
  private static final Duration LIFE = Duration.ofHours(1);

  private final S3Presigner presigner;

  PresignedLinks(URI front, S3Keys session, String region) {
    presigner =
        S3Presigner.builder()
            .endpointOverride(front)
            .region(Region.of(region))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(session.accessKeyId(), session.secret())))
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build();
  }

  @Override
  public String get(String bucket, String key) {
    return presigner
        .presignGetObject(
            presign ->
                presign
                    .signatureDuration(LIFE)
                    .getObjectRequest(request -> request.bucket(bucket).key(key)))
        .url()
        .toString();
  }

  @Override
  public void close() {
    presigner.close();
  }
}
