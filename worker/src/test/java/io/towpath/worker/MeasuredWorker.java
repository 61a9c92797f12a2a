package io.towpath.worker;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A worker that says, again and again, how much of its heap a collection has left: "heap KIB". */
final class MeasuredWorker {
  static final String HEAP = "heap ";

  private MeasuredWorker() {}

  public static void main(String[] arguments) throws InterruptedException {
    Thread measuring = new Thread(MeasuredWorker::measure, "heap");
    measuring.setDaemon(true);
    measuring.start();
    WorkerMain.main(arguments);
  }

  private static void measure() {
    CountDownLatch never = new CountDownLatch(1);
    try {
      do {
        System.gc();
        System.out.println(HEAP + (afterCollection() >> 10));
      } while (!never.await(2, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long afterCollection() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
        .sum();
  }
}
