/** Stands for the package of the same name. */
@NullMarked
package io.towpath.activities.bad.tower;

import org.jspecify.annotations.NullMarked;
