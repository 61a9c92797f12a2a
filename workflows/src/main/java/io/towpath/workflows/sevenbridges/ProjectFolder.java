package io.towpath.workflows.sevenbridges;

/**
 * A folder of the project, a line of an object.
 *
 * @param path without slashes at its ends; empty for the root
 * @param id the platform's id
 */
public record ProjectFolder(String path, String id) {}
