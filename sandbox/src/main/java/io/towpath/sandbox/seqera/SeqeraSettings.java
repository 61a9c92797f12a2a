package io.towpath.sandbox.seqera;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * How the stand-in is set up.
 *
 * @param token the only valid access token
 * @param base the platform's own base URL, with {@code /api}; known only once the port is open
 * @param workDir the compute environments' work directory, an {@code s3://} URI
 * @param limits whether the 20 requests a second are enforced
 * @param quotaSpeed divides the limit's window
 * @param listingLag how long listings and searches lag behind every launch
 * @param keepsClientSession whether a fresh launch keeps the session id that the client sent; not
 *     known of the real platform, so both are offered
 */
public record SeqeraSettings(
    String token,
    Supplier<URI> base,
    String workDir,
    boolean limits,
    double quotaSpeed,
    Duration listingLag,
    boolean keepsClientSession,
    InstantSource clock) {

  /** With limits, no lag, and session ids of the platform's own. */
  public static SeqeraSettings of(String token, Supplier<URI> base, String workDir) {
    return new SeqeraSettings(
        token, base, workDir, true, 1, Duration.ZERO, false, InstantSource.system());
  }

  public SeqeraSettings withLimits(boolean enforced, double speed) {
    return new SeqeraSettings(
        token, base, workDir, enforced, speed, listingLag, keepsClientSession, clock);
  }

  public SeqeraSettings withListingLag(Duration lag) {
    return new SeqeraSettings(
        token, base, workDir, limits, quotaSpeed, lag, keepsClientSession, clock);
  }

  public SeqeraSettings keepingClientSession() {
    return new SeqeraSettings(token, base, workDir, limits, quotaSpeed, listingLag, true, clock);
  }

  public SeqeraSettings withClock(InstantSource other) {
    return new SeqeraSettings(
        token, base, workDir, limits, quotaSpeed, listingLag, keepsClientSession, other);
  }
}
