/** Tests of the package of the same name. */
@NullMarked
package io.towpath.activities.poll;

import org.jspecify.annotations.NullMarked;
