/** Bounded concurrency over the files of one page. */
@NullMarked
package io.towpath.activities.fanout;

import org.jspecify.annotations.NullMarked;
