/** Tests of the package of the same name. */
@NullMarked
package io.towpath.activities.secrets;

import org.jspecify.annotations.NullMarked;
