/** Stands for the package of the same name. */
@NullMarked
package io.towpath.activities.bad.http;

import org.jspecify.annotations.NullMarked;
