package io.towpath.workflows.transfer;

import io.towpath.workflows.model.ManifestRef;
import java.util.List;

/**
 * What a run left behind.
 *
 * @param files pages of {@link OutputFile}, in path order, zero-byte objects left out
 * @param skipped objects left out by a glob
 * @param zeroByte objects of 0 bytes, which Synapse takes no file handle for; the first 50 paths
 * @param zeroByteCount number of objects of 0 bytes
 * @param late files that the first listing had not, or not so; the first 50 paths
 * @param lateCount number of such files
 */
public record Outputs(
    ManifestRef files,
    long skipped,
    List<String> zeroByte,
    long zeroByteCount,
    List<String> late,
    long lateCount) {
  public Outputs {
    zeroByte = zeroByte == null ? List.of() : List.copyOf(zeroByte);
    late = late == null ? List.of() : List.copyOf(late);
  }
}
