/** Stands for the package of the same name. */
@NullMarked
package io.towpath.activities.bad.submit;

import org.jspecify.annotations.NullMarked;
