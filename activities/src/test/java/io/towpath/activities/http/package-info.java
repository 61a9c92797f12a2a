/** Tests of the package of the same name. */
@NullMarked
package io.towpath.activities.http;

import org.jspecify.annotations.NullMarked;
