package io.towpath.sandbox.sevenbridges;

import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.s3.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Everything the stand-in knows. Its monitor guards all of it. */
final class Realm implements AutoCloseable {
  /** Whose projects hold the public apps. */
  static final String PUBLISHER = "cavatica";

  static final String BILLING_GROUP = "7d0d9f1e-3c5a-4b7c-9a55-8c2f6a0b1e42";
  static final String BILLING_NAME = "towpath-dev";

  final SevenBridgesSettings settings;
  final ObjectStore store;
  final Plans plans;
  final Ids ids = new Ids();
  final Agenda agenda = new Agenda();
  final Projects projects = new Projects();
  final Volumes volumes = new Volumes();
  final Apps apps = new Apps();
  final FileTree files = new FileTree(ids);
  final Tasks tasks = new Tasks();
  final Access access = new Access(this);
  final Transfers transfers = new Transfers(this);
  private final ScheduledExecutorService alarm =
      Executors.newSingleThreadScheduledExecutor(Realm::daemon);

  Realm(SevenBridgesSettings settings, ObjectStore store, Plans plans) {
    this.settings = settings;
    this.store = store;
    this.plans = plans;
  }

  static boolean isUuid(String text) {
    return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  }

  /** A new project with its root folder, and nobody in it yet. */
  Project newProject(String owner, String name, String billingGroup, Instant now, Instant visible) {
    Project project = projects.create(owner, name, billingGroup, ids.file(), now, visible);
    files.root(project.identity.rootFolder(), project.id(), now);
    return project;
  }

  /** How long something takes on this stand-in that takes so many milliseconds. */
  Duration faster(long millis) {
    return Duration.ofNanos((long) (millis * 1_000_000L / settings.speed()));
  }

  /** Lets what is then due happen even if nobody asks. */
  void wakeAfter(long millis) {
    wakeAfter(faster(millis));
  }

  void wakeAfter(Duration delay) {
    Future<?> unused = alarm.schedule(this::wake, delay.toMillis() + 1, TimeUnit.MILLISECONDS);
  }

  private void wake() {
    synchronized (this) {
      agenda.catchUp(settings.clock().instant());
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "sevenbridges-agenda");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    alarm.shutdownNow();
  }
}
