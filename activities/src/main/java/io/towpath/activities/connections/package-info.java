/** Looks at the connections of a worker: who it is on each, and what it may there. */
@NullMarked
package io.towpath.activities.connections;

import org.jspecify.annotations.NullMarked;
