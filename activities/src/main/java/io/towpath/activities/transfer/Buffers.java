package io.towpath.activities.transfer;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The memory of all transfers of a worker: whatever the number and size of files, no more than this
 * is held at once. Whoever holds a buffer waits for no second one, so nobody waits for ever.
 */
final class Buffers {
  private static final int UNIT = 1 << 20;

  private final int chunk;
  private final Semaphore units;
  private final ConcurrentLinkedQueue<byte[]> free = new ConcurrentLinkedQueue<>();

  /**
   * @param chunk size of a whole buffer in bytes
   * @param chunks number of whole buffers
   */
  Buffers(int chunk, int chunks) {
    this.chunk = chunk;
    this.units = new Semaphore(unitsOf(chunk) * chunks, true);
  }

  /** A leased buffer; giving it back twice does nothing. */
  final class Lease implements AutoCloseable {
    private final int held;
    private byte @Nullable [] bytes;

    private Lease(byte[] bytes, int held) {
      this.bytes = bytes;
      this.held = held;
    }

    byte[] bytes() {
      if (bytes == null) {
        throw new IllegalStateException("the buffer was given back");
      }
      return bytes;
    }

    @Override
    public void close() {
      byte[] mine = bytes;
      if (mine != null) {
        bytes = null;
        if (mine.length == chunk) {
          free.add(mine);
        }
        units.release(held);
      }
    }
  }

  /** Waits for a buffer of at least {@code size} bytes, at most a whole one. */
  Lease take(long size) {
    int wanted = unitsFor(size);
    try {
      units.acquire(wanted);
    } catch (InterruptedException e) {
      throw Stopped.whileWaiting();
    }
    return lease(size, wanted);
  }

  /** A whole buffer, if there is one now that nobody waits for. */
  @Nullable Lease tryTake() {
    int wanted = unitsOf(chunk);
    try {
      return units.tryAcquire(wanted, 0, TimeUnit.SECONDS) ? lease(chunk, wanted) : null;
    } catch (InterruptedException e) {
      throw Stopped.whileWaiting();
    }
  }

  int chunk() {
    return chunk;
  }

  private Lease lease(long size, int held) {
    if (held < unitsOf(chunk)) {
      keepWithinTheLimit();
      return new Lease(new byte[(int) size], held);
    }
    byte[] used = free.poll();
    return new Lease(used == null ? new byte[chunk] : used, held);
  }

  /** Whole buffers that lie free count too. */
  private void keepWithinTheLimit() {
    if (free.size() * unitsOf(chunk) > units.availablePermits()) {
      free.poll();
    }
  }

  private int unitsFor(long size) {
    return size <= UNIT ? 1 : unitsOf(chunk);
  }

  private static int unitsOf(int bytes) {
    return Math.max(1, (bytes + UNIT - 1) / UNIT);
  }
}
