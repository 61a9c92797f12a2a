package io.towpath.sandbox.s3;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Lets writes to one key happen one after the other. S3 decides conditional writes atomically;
 * S3Proxy looks first and writes then, so that several writers may win.
 */
final class KeyLocks {
  private static final int STRIPES = 1024;

  private final List<ReentrantLock> stripes =
      IntStream.range(0, STRIPES).mapToObj(any -> new ReentrantLock()).toList();

  ReentrantLock of(String bucket, String key) {
    return stripes.get(Math.floorMod((bucket + '/' + key).hashCode(), STRIPES));
  }
}
