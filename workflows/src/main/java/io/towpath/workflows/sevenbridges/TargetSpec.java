package io.towpath.workflows.sevenbridges;

import java.util.Optional;

/**
 * Where a request wants to work, as written.
 *
 * @param connection name of the connection on the worker
 * @param project {@code owner/name}
 * @param createProject whether it is made when it is not there; then a billing group is needed
 * @param billingGroup name or id of the billing group of a new project
 * @param app {@code owner/project/name}, without revision
 * @param revision the app's revision; the newest where the request names none
 * @param copyToProject whether the app is copied into the project, or used where it is
 * @param copySuggestedFiles whether files that the app suggests are copied into the project
 * @param importVolume {@code owner/name}
 * @param exportVolume {@code owner/name} of the volume that outputs are exported to
 */
public record TargetSpec(
    String connection,
    String project,
    boolean createProject,
    Optional<String> billingGroup,
    String app,
    Optional<Integer> revision,
    boolean copyToProject,
    boolean copySuggestedFiles,
    String importVolume,
    Optional<String> exportVolume) {}
