/** Globs as requests write them. */
@NullMarked
package io.towpath.activities.glob;

import org.jspecify.annotations.NullMarked;
