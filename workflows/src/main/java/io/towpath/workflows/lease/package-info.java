/** A durable lease on a resource that two runs must not work on at once. */
@NullMarked
package io.towpath.workflows.lease;

import org.jspecify.annotations.NullMarked;
