/** Turns many waiting runs into one list call. */
@NullMarked
package io.towpath.activities.poll;

import org.jspecify.annotations.NullMarked;
