package io.towpath.workflows.sevenbridges;

/**
 * A folder of the project, a line of an object.
 *
 * @param path without slashes at its ends; empty for the root
 * @param id the platform's id
 * @param made whether it was made for these files: nothing of others lay in it then
 */
public record ProjectFolder(String path, String id, boolean made) {}
