package io.towpath.workflows.configfile;

/**
 * A configuration file, pinned.
 *
 * @param connection name of the Synapse connection on the worker
 * @param uri where it lies, with its version where the place has versions
 * @param sha256 lower-case hex, of its bytes
 */
public record ConfigFile(String connection, String uri, String sha256) {}
