package io.towpath.sandbox.s3;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The stand-ins' own way to S3Proxy, past the front and so past faults and journal. */
final class S3ObjectStore implements ObjectStore, AutoCloseable {
  private static final int MOST_CONNECTIONS = 200;

  private final S3Client s3;

  S3ObjectStore(int port, S3Keys keys, Region region) {
    this.s3 =
        S3Client.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + port))
            .region(region)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(keys.accessKeyId(), keys.secret())))
            .httpClientBuilder(Apache5HttpClient.builder().maxConnections(MOST_CONNECTIONS))
            .build();
  }

  @Override
  public void createBucket(String bucket) {
    s3.createBucket(request -> request.bucket(bucket));
  }

  @Override
  public boolean bucketExists(String bucket) {
    try {
      s3.headBucket(request -> request.bucket(bucket));
      return true;
    } catch (NoSuchBucketException missing) {
      return false;
    }
  }

  @Override
  public Optional<Stored> head(String bucket, String key) {
    try {
      HeadObjectResponse head = s3.headObject(request -> request.bucket(bucket).key(key));
      return Optional.of(
          new Stored(key, head.contentLength(), unquoted(head.eTag()), head.contentType()));
    } catch (NoSuchKeyException missing) {
      return Optional.empty();
    }
  }

  @Override
  public InputStream open(String bucket, String key, long from, long to) {
    GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(bucket).key(key);
    if (from > 0 || to >= 0) {
      request.range("bytes=" + from + "-" + (to < 0 ? "" : String.valueOf(to)));
    }
    return s3.getObject(request.build());
  }

  @Override
  public void put(String bucket, String key, String contentType, byte[] content) {
    s3.putObject(request(bucket, key, contentType), RequestBody.fromBytes(content));
  }

  @Override
  public void put(String bucket, String key, String contentType, Path file) {
    s3.putObject(request(bucket, key, contentType), RequestBody.fromFile(file));
  }

  private static PutObjectRequest request(String bucket, String key, String contentType) {
    return PutObjectRequest.builder().bucket(bucket).key(key).contentType(contentType).build();
  }

  @Override
  public List<Stored> list(String bucket, String prefix) {
    return s3
        .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix))
        .contents()
        .stream()
        .map(object -> new Stored(object.key(), object.size(), unquoted(object.eTag()), ""))
        .toList();
  }

  @Override
  public void delete(String bucket, String key) {
    s3.deleteObject(request -> request.bucket(bucket).key(key));
  }

  /** Whether a multipart upload was begun and neither completed nor aborted. */
  boolean isOpen(String bucket, String key, String uploadId) {
    return s3
        .listMultipartUploadsPaginator(request -> request.bucket(bucket).prefix(key))
        .uploads()
        .stream()
        .anyMatch(upload -> upload.uploadId().equals(uploadId) && upload.key().equals(key));
  }

  private static String unquoted(String etag) {
    return etag.replace("\"", "");
  }

  @Override
  public void close() {
    s3.close();
  }
}
