/** Containers as jobs of Kubernetes (batch/v1). */
@NullMarked
package io.towpath.activities.containers.kubernetes;

import org.jspecify.annotations.NullMarked;
