/** Containers of an engine that speaks the Docker API (v1.41): Docker, or podman's service. */
@NullMarked
package io.towpath.activities.containers.docker;

import org.jspecify.annotations.NullMarked;
