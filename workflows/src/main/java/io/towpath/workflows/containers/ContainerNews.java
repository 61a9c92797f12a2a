package io.towpath.workflows.containers;

import java.util.Optional;

/**
 * News of a container: that it ended, or that a person should look.
 *
 * @param end how it ended; empty while it goes on
 * @param attention why a person should look, in the executor's words where it has any; empty
 *     normally
 */
public record ContainerNews(Optional<ContainerEnd> end, Optional<String> attention) {}
