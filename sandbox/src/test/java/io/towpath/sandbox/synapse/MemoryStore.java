package io.towpath.sandbox.synapse;

import io.towpath.sandbox.s3.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Buckets in memory. */
final class MemoryStore implements ObjectStore {
  private static final class Item {
    private final String contentType;
    private final byte[] content;

    private Item(String contentType, byte[] content) {
      this.contentType = contentType;
      this.content = content;
    }
  }

  private final Map<String, Map<String, Item>> buckets = new ConcurrentHashMap<>();

  @Override
  public void createBucket(String bucket) {
    buckets.putIfAbsent(bucket, java.util.Collections.synchronizedMap(new TreeMap<>()));
  }

  @Override
  public boolean bucketExists(String bucket) {
    return buckets.containsKey(bucket);
  }

  private Optional<Item> item(String bucket, String key) {
    return Optional.ofNullable(buckets.getOrDefault(bucket, Map.of()).get(key));
  }

  @Override
  public Optional<Stored> head(String bucket, String key) {
    return item(bucket, key).map(item -> stored(key, item));
  }

  private static Stored stored(String key, Item item) {
    return new Stored(key, item.content.length, Md5.hex(item.content), item.contentType);
  }

  @Override
  public InputStream open(String bucket, String key, long from, long to) throws IOException {
    byte[] all =
        item(bucket, key).orElseThrow(() -> new FileNotFoundException(bucket + "/" + key)).content;
    int end = to < 0 ? all.length : (int) Math.min(all.length, to + 1);
    return new ByteArrayInputStream(Arrays.copyOfRange(all, (int) from, end));
  }

  @Override
  public void put(String bucket, String key, String contentType, byte[] content) {
    Optional.ofNullable(buckets.get(bucket)).orElseThrow().put(key, new Item(contentType, content));
  }

  @Override
  public void put(String bucket, String key, String contentType, Path file) {
    try {
      put(bucket, key, contentType, Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public List<Stored> list(String bucket, String prefix) {
    return buckets.getOrDefault(bucket, Map.of()).entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(entry -> stored(entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public void delete(String bucket, String key) {
    buckets.getOrDefault(bucket, new HashMap<>()).remove(key);
  }
}
