/** Tests of the package of the same name. */
@NullMarked
package io.towpath.activities.failure;

import org.jspecify.annotations.NullMarked;
