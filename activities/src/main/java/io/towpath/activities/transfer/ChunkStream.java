package io.towpath.activities.transfer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of one file in order, read ahead on other threads, each hashed once when its turn
 * comes. Used by one thread.
 */
final class ChunkStream implements AutoCloseable {
  private static final int AHEAD = 3;

  /** Some bytes of the file; whoever took it gives the buffer back. */
  record Chunk(Buffers.Lease buffer, int length) {}

  private record Reading(Task<Chunk> task, Buffers.Lease buffer) {}

  private final SourceReader source;
  private final long sizeBytes;
  private final Buffers buffers;
  private final ExecutorService threads;
  private final Md5 md5 = new Md5();
  private final Deque<Reading> readings = new ArrayDeque<>();
  private long begun;

  ChunkStream(SourceReader source, long sizeBytes, Buffers buffers, ExecutorService threads) {
    this.source = source;
    this.sizeBytes = sizeBytes;
    this.buffers = buffers;
    this.threads = threads;
  }

  int chunkBytes() {
    return buffers.chunk();
  }

  /** The next chunk, waiting for a buffer; the caller must hold none then. */
  Chunk next() {
    return nextIfFree()
        .orElseGet(
            () -> {
              begin(buffers.take(buffers.chunk()));
              return await();
            });
  }

  /** The next chunk, or empty when there is no buffer to read it into. */
  Optional<Chunk> nextIfFree() {
    while (readings.size() < AHEAD && begun < sizeBytes) {
      Buffers.@Nullable Lease free = buffers.tryTake();
      if (free == null) {
        break;
      }
      begin(free);
    }
    return readings.isEmpty() ? Optional.empty() : Optional.of(await());
  }

  /** MD5 of the whole file, after its last chunk. */
  String md5() {
    return md5.hex();
  }

  @Override
  public void close() {
    for (Reading reading : readings) {
      reading.task().stop();
      reading.buffer().close();
    }
    readings.clear();
  }

  private void begin(Buffers.Lease buffer) {
    long from = begun;
    int length = (int) Math.min(buffers.chunk(), sizeBytes - from);
    begun += length;
    byte[] into = buffer.bytes();
    Task<Chunk> task =
        Task.begin(
            threads,
            () -> {
              source.read(from, into, length);
              return new Chunk(buffer, length);
            });
    readings.add(new Reading(task, buffer));
  }

  private Chunk await() {
    Chunk chunk = readings.element().task().result();
    readings.remove();
    md5.update(chunk.buffer().bytes(), chunk.length());
    return chunk;
  }
}
