/** Tests of what is the same on all executors. */
@NullMarked
package io.towpath.activities.containers;

import org.jspecify.annotations.NullMarked;
