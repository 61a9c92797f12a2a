package io.towpath.sandbox.engine;

import io.towpath.sandbox.s3.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Buckets on the heap, for tests that need no S3 server. */
public final class HeapStore implements ObjectStore {
  private final Map<String, NavigableMap<String, byte[]>> buckets = new ConcurrentHashMap<>();

  @Override
  public void createBucket(String bucket) {
    buckets.putIfAbsent(bucket, new ConcurrentSkipListMap<>());
  }

  @Override
  public boolean bucketExists(String bucket) {
    return buckets.containsKey(bucket);
  }

  @Override
  public Optional<Stored> head(String bucket, String key) {
    return content(bucket, key).map(content -> stored(key, content));
  }

  @Override
  public InputStream open(String bucket, String key, long from, long to) throws IOException {
    byte[] all =
        content(bucket, key).orElseThrow(() -> new FileNotFoundException(bucket + '/' + key));
    int end = to < 0 ? all.length : (int) to + 1;
    return new ByteArrayInputStream(all, (int) from, end - (int) from);
  }

  @Override
  public void put(String bucket, String key, String contentType, byte[] content) {
    NavigableMap<String, byte[]> objects = buckets.get(bucket);
    if (objects == null) {
      throw new IllegalArgumentException("NoSuchBucket: " + bucket);
    }
    objects.put(key, content.clone());
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
    NavigableMap<String, byte[]> objects =
        buckets.getOrDefault(bucket, new ConcurrentSkipListMap<>());
    return objects.entrySet().stream()
        .filter(object -> object.getKey().startsWith(prefix))
        .map(object -> stored(object.getKey(), object.getValue()))
        .toList();
  }

  @Override
  public void delete(String bucket, String key) {
    buckets.getOrDefault(bucket, new ConcurrentSkipListMap<>()).remove(key);
  }

  /** An object's content as text. */
  public String text(String bucket, String key) {
    return new String(content(bucket, key).orElseThrow(), StandardCharsets.UTF_8);
  }

  private Optional<byte[]> content(String bucket, String key) {
    return Optional.ofNullable(buckets.get(bucket)).map(objects -> objects.get(key));
  }

  private static Stored stored(String key, byte[] content) {
    String etag = Hashes.sha1(new String(content, StandardCharsets.ISO_8859_1));
    return new Stored(key, content.length, etag, "application/octet-stream");
  }
}
