/** Tests of the package of the same name. */
@NullMarked
package io.towpath.activities.drs;

import org.jspecify.annotations.NullMarked;
