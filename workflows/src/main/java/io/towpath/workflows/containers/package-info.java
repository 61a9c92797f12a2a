/** Port to whatever runs containers: a Docker engine, AWS Batch, AWS ECS, Kubernetes. */
@NullMarked
package io.towpath.workflows.containers;

import org.jspecify.annotations.NullMarked;
