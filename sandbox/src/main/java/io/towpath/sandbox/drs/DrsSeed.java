package io.towpath.sandbox.drs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plants datasets, objects and bundles. */
public final class DrsSeed {
  private final DrsRegistry registry;

  DrsSeed(DrsRegistry registry) {
    this.registry = registry;
  }

  /** A dataset of the account whose objects lie in the bucket; returns its id. */
  public String dataset(String name, String bucket) {
    return dataset(registry.settings.user(), name, bucket);
  }

  /** A dataset of someone else, for which nothing can be minted. */
  public String foreignDataset(String name, String bucket) {
    return dataset("someone-else", name, bucket);
  }

  private String dataset(String owner, String name, String bucket) {
    synchronized (registry) {
      var access = Answers.object().put("privacy", "PRIVATE").put("privateType", "REGISTERED");
      access.put("authorizationEntity", "SBG");
      Dataset dataset = new Dataset(DrsRegistry.newId(), owner, name, "0.1.0", access, now());
      registry.datasets.put(dataset.id, dataset);
      registry.storages.add(
          new Storage(
              DrsRegistry.newId(),
              owner,
              name,
              dataset.id,
              registry.settings.region(),
              bucket,
              now()));
      return dataset.id;
    }
  }

  /** Whether a dataset was published. */
  public boolean isPublished(String dataset) {
    synchronized (registry) {
      return Optional.ofNullable(registry.datasets.get(dataset)).filter(d -> d.visible).isPresent();
    }
  }

  /** A blob over bytes in S3; returns its id. */
  public String blob(String name, long size, String md5, String bucket, String key) {
    String id = DrsRegistry.newId();
    DrsObject.Place place = new DrsObject.Place(bucket, key, registry.settings.region());
    registry.add(
        new DrsObject(
            id,
            name,
            size,
            Map.of("md5", md5),
            "application/octet-stream",
            now(),
            now(),
            Optional.of(place),
            List.of()));
    return id;
  }

  /** A bundle of objects; its checksum is that of their sorted checksums. Returns its id. */
  public String bundle(String name, List<String> contents) {
    String id = DrsRegistry.newId();
    List<DrsObject> held = contents.stream().map(one -> registry.find(one).orElseThrow()).toList();
    StringBuilder sorted = new StringBuilder();
    held.stream()
        .map(one -> one.checksums().getOrDefault("md5", ""))
        .sorted()
        .forEach(sorted::append);
    registry.add(
        new DrsObject(
            id,
            name,
            held.stream().mapToLong(DrsObject::size).sum(),
            Map.of("md5", md5(sorted.toString())),
            "",
            now(),
            now(),
            Optional.empty(),
            List.copyOf(contents)));
    return id;
  }

  /** The URI under which everybody names an object. */
  public String uri(String id) {
    return DrsJson.uri(id);
  }

  /** Sets what a second request for the same object leads to. */
  public void duplicates(Duplicates policy) {
    synchronized (registry) {
      registry.duplicates = policy;
    }
  }

  private Instant now() {
    return registry.settings.clock().instant();
  }

  private static String md5(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JRE has MD5", e);
    }
  }
}
