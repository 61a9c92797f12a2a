package io.towpath.sandbox.sevenbridges;

import io.towpath.sandbox.s3.S3Links;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How the stand-in is set up.
 *
 * @param user the name of the one account
 * @param token its authentication token
 * @param limits whether the 1,000 requests in 5 minutes are enforced
 * @param quotaSpeed divides the limit's window
 * @param speed divides the durations of jobs and simulated tasks
 * @param bucket the platform's own bucket, where outputs lie that go to no volume
 * @param links makes the URLs that files are downloaded from
 * @param cwl runs apps for real; without it tasks are simulated
 */
public record SevenBridgesSettings(
    String user,
    String token,
    boolean limits,
    double quotaSpeed,
    double speed,
    String bucket,
    S3Links links,
    Optional<CwlRunner> cwl,
    InstantSource clock) {}
