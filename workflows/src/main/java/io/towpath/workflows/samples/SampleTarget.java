package io.towpath.workflows.samples;

/**
 * What a sheet is checked against.
 *
 * @param connection name of the Seven Bridges connection on the worker
 * @param app the app as it was resolved, {@code owner/project/name/revision}
 * @param volume id of the volume that files are imported from, {@code owner/name}
 * @param bucket the volume's bucket
 * @param prefix the volume's prefix in it, without a slash at its end; empty for the whole bucket
 * @param suggestedFiles whether files that the app suggests are copied into the project, for inputs
 *     that the request does not set
 */
public record SampleTarget(
    String connection,
    String app,
    String volume,
    String bucket,
    String prefix,
    boolean suggestedFiles) {}
