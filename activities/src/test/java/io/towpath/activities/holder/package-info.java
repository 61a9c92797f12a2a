/** Tests of the package of the same name. */
@NullMarked
package io.towpath.activities.holder;

import org.jspecify.annotations.NullMarked;
