package io.towpath.activities.transfer;

/**
 * Bounds of the transfer engine.
 *
 * @param chunkBytes bytes read and hashed at a time, and the size of a part; S3 takes parts from 5
 *     MiB
 * @param chunks whole chunks that a worker holds in memory for all its transfers
 * @param mostParts parts that S3 takes for one object; parts grow where they would not do
 */
public record TransferLimits(int chunkBytes, int chunks, int mostParts) {
  /** 64 MiB of memory; parts of 8 MiB up to files of 78 GiB. */
  public static final TransferLimits STANDARD = new TransferLimits(8 << 20, 8, 10_000);

  /** Size of the parts of a file: a chunk, or as few chunks as keep the parts countable. */
  long partBytes(long sizeBytes) {
    long chunksOfFile = ceiling(sizeBytes, chunkBytes);
    return ceiling(chunksOfFile, mostParts) * chunkBytes;
  }

  static long ceiling(long amount, long by) {
    return (amount + by - 1) / by;
  }
}
