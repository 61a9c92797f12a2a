package io.towpath.workflows.samples;

/**
 * A sheet of samples, pinned.
 *
 * @param connection name of the connection that reads it
 * @param uri its address with the version, {@code syn://syn123.4} or {@code s3://bucket/key}
 * @param key names the content in the business key: {@code syn123.4}, or of an object {@code
 *     <name>.q<8 hex of its SHA-256>}
 * @param name its file name
 * @param md5 lower-case hex MD5 of its bytes
 */
public record SheetVersion(String connection, String uri, String key, String name, String md5) {}
