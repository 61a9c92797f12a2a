package io.towpath.sandbox.seed;

import io.towpath.sandbox.drs.DrsSeed;
import io.towpath.sandbox.s3.ObjectStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The DRS part of the demo: a dataset to mint for, and what was published before. */
public final class DrsDemo {
  private static final String PUBLISHED = "published/";
  private static final String DATASET = "include-sandbox-registered";

  private DrsDemo() {}

  /** Plants everything and returns dotted names with their ids. */
  public static Map<String, String> plant(ObjectStore store, DrsSeed seed) {
    List<String> blobs = new ArrayList<>();
    for (int mate = 1; mate <= 2; mate++) {
      String name = DemoReads.name(1, mate);
      byte[] content = DemoReads.mate(1, mate);
      store.put(DemoSeed.BUCKET, PUBLISHED + name, "application/gzip", content);
      blobs.add(seed.blob(name, content.length, md5(content), DemoSeed.BUCKET, PUBLISHED + name));
    }
    Map<String, String> ids = new LinkedHashMap<>();
    ids.put("drs.dataset", seed.dataset(DATASET, DemoSeed.BUCKET));
    ids.put("drs.objects", String.join(",", blobs));
    ids.put("drs.bundle", seed.bundle("part1", blobs));
    ids.put("drs.objectUri", seed.uri(blobs.get(0)));
    return ids;
  }

  /** What tells a client the dataset's id, which the platform does not: {@code name@version=id}. */
  public static String datasets(Map<String, String> planted) {
    return DATASET + "@0.1.0=" + planted.getOrDefault("drs.dataset", "");
  }

  private static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JRE has MD5", e);
    }
  }
}
