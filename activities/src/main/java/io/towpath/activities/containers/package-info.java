/** Runs containers, each once; what differs between executors lies in the packages below. */
@NullMarked
package io.towpath.activities.containers;

import org.jspecify.annotations.NullMarked;
