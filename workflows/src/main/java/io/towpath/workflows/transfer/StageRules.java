package io.towpath.workflows.transfer;

/**
 * How files are laid out and copied.
 *
 * @param layout as {@link StageLayout} has it
 * @param mode {@code serverCopy}: copied inside S3 where source and target allow it, else streamed;
 *     {@code stream}: always through the worker
 * @param maxParallel files at a time, 1 to 64
 * @param reuseStaged whether a complete file that lies there already is kept
 */
public record StageRules(String layout, String mode, int maxParallel, boolean reuseStaged) {
  /** Files at a time beyond which nothing gets faster. */
  public static final int MOST_PARALLEL = 64;

  public StageRules {
    if (maxParallel < 1 || maxParallel > MOST_PARALLEL) {
      throw new IllegalArgumentException(
          "maxParallel is " + maxParallel + ", not 1 to " + MOST_PARALLEL);
    }
  }
}
