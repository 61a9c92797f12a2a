package io.towpath.sandbox.indexd;

import io.towpath.sandbox.s3.S3Links;
import java.time.InstantSource;

/**
 * How the stand-in is set up.
 *
 * @param user of HTTP Basic, which all writing calls need
 * @param prefix put before dids that the server makes, and taken off or put on when an id is not
 *     found; ends with a slash
 * @param links makes the URLs that objects are read from
 */
public record IndexdSettings(
    String user, String password, String prefix, S3Links links, InstantSource clock) {}
