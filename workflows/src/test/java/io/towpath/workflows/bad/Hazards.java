package io.towpath.workflows.bad;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Each method does one thing that a replay would answer otherwise, or that has an effect. */
final class Hazards {
  Instant time() {
    return Instant.now();
  }

  Supplier<Instant> timeByReference() {
    return Instant::now;
  }

  long millis() {
    return System.currentTimeMillis();
  }

  long nanos() {
    return System.nanoTime();
  }

  Instant clock(Clock clock) {
    return clock.instant();
  }

  @SuppressWarnings("JavaUtilDate")
  long date() {
    return new Date().getTime();
  }

  double chance() {
    return Math.random();
  }

  UUID uuid() {
    return UUID.randomUUID();
  }

  int random() {
    return new Random().nextInt();
  }

  int secureRandom() {
    return new SecureRandom().nextInt();
  }

  void shuffle(List<String> list) {
    Collections.shuffle(list);
  }

  String environment() {
    return System.getenv().toString();
  }

  String property() {
    return System.getProperty("user.home", "");
  }

  void sleep() throws InterruptedException {
    Thread.sleep(1);
  }

  Thread thread() {
    return new Thread(() -> {});
  }

  Runnable executor() {
    return Executors.newSingleThreadExecutor()::shutdown;
  }

  CompletableFuture<String> future() {
    return new CompletableFuture<>();
  }

  long parallel(List<String> list) {
    return list.parallelStream().count() + list.stream().parallel().count();
  }

  boolean file() {
    return new File("x").exists();
  }

  Path path() {
    return Path.of("x");
  }

  boolean uri(URI uri) {
    return uri.isAbsolute();
  }

  Map<String, String> map() {
    return new HashMap<>();
  }

  Set<String> set() {
    return new HashSet<>();
  }

  int exit() {
    System.exit(1);
    return 1;
  }

  ObjectMapper library() {
    return new ObjectMapper();
  }
}
