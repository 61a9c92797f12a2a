/** Tests of the package of the same name. */
@NullMarked
package io.towpath.activities.tower;

import org.jspecify.annotations.NullMarked;
