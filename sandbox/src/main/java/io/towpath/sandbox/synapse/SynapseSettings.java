package io.towpath.sandbox.synapse;

import io.towpath.sandbox.s3.S3Keys;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * How one Synapse stand-in is set up.
 *
 * @param accounts who may sign in; the first owns what the seed makes
 * @param limits whether the throttle (3 at once, 600 a minute) is on
 * @param windowDivisor divides the throttle's window of 60 seconds
 * @param base this platform's own base URL, for presigned URLs; asked when one is made
 * @param bucket Synapse's own bucket; created when missing
 * @param keys what {@code /sts} hands out, valid on the sandbox's S3
 * @param scratch a folder for uploaded parts
 */
public record SynapseSettings(
    List<SynapseAccount> accounts,
    boolean limits,
    int windowDivisor,
    Supplier<URI> base,
    InstantSource clock,
    String bucket,
    S3Keys keys,
    Path scratch) {

  public SynapseSettings {
    accounts = List.copyOf(accounts);
    if (accounts.isEmpty()) {
      throw new IllegalArgumentException("at least one account");
    }
    if (windowDivisor < 1) {
      throw new IllegalArgumentException("windowDivisor must be positive: " + windowDivisor);
    }
  }
}
