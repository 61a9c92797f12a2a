/** Tests of the package of the same name. */
@NullMarked
package io.towpath.activities.submit;

import org.jspecify.annotations.NullMarked;
