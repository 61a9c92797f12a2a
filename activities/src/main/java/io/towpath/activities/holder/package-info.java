/** Looks at other workflows of our own namespace, and queues for leases. */
@NullMarked
package io.towpath.activities.holder;

import org.jspecify.annotations.NullMarked;
