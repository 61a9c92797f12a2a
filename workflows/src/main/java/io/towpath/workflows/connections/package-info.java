/** The port through which {@code doctor} looks at the connections of a worker. */
@NullMarked
package io.towpath.workflows.connections;

import org.jspecify.annotations.NullMarked;
