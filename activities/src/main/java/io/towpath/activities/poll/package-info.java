/** Turns many waiting runs into one list call, and decides when each of them asks again. */
@NullMarked
package io.towpath.activities.poll;

import org.jspecify.annotations.NullMarked;
