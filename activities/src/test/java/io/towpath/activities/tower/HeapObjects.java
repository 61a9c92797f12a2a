package io.towpath.activities.tower;

import io.towpath.sandbox.s3.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** What simulated runs write, where no test looks. */
final class HeapObjects implements ObjectStore {
  private final NavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

  @Override
  public void createBucket(String bucket) {
    objects.put(bucket + "/", new byte[0]);
  }

  @Override
  public boolean bucketExists(String bucket) {
    return true;
  }

  @Override
  public Optional<Stored> head(String bucket, String key) {
    return Optional.ofNullable(objects.get(bucket + "/" + key))
        .map(content -> stored(key, content));
  }

  @Override
  public InputStream open(String bucket, String key, long from, long to) throws IOException {
    byte[] content = objects.get(bucket + "/" + key);
    if (content == null) {
      throw new FileNotFoundException(bucket + "/" + key);
    }
    int end = to < 0 ? content.length : (int) to + 1;
    return new ByteArrayInputStream(content, (int) from, end - (int) from);
  }

  @Override
  public void put(String bucket, String key, String contentType, byte[] content) {
    objects.put(bucket + "/" + key, content);
  }

  @Override
  public void put(String bucket, String key, String contentType, Path file) {
    try {
      put(bucket, key, contentType, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Stored> list(String bucket, String prefix) {
    String from = bucket + "/" + prefix;
    return objects.tailMap(from).entrySet().stream()
        .takeWhile(object -> object.getKey().startsWith(from))
        .map(object -> stored(object.getKey().substring(bucket.length() + 1), object.getValue()))
        .toList();
  }

  @Override
  public void delete(String bucket, String key) {
    objects.remove(bucket + "/" + key);
  }

  private static Stored stored(String key, byte[] content) {
    return new Stored(key, content.length, "etag", "application/octet-stream");
  }
}
