/** Looks at other workflows of our own namespace. */
@NullMarked
package io.towpath.activities.holder;

import org.jspecify.annotations.NullMarked;
