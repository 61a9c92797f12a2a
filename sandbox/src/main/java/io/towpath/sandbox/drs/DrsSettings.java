package io.towpath.sandbox.drs;

import io.towpath.sandbox.s3.S3Links;
import java.time.InstantSource;

/**
 * How the stand-in is set up.
 *
 * @param user the name of the one account
 * @param token its authentication token, the same as of the Seven Bridges API
 * @param region of the buckets that the platform's own files lie in
 * @param links makes the URLs that objects are read from
 */
public record DrsSettings(
    String user, String token, String region, S3Links links, InstantSource clock) {}
