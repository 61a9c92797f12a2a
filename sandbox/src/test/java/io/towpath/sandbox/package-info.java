/** Tests of the package of the same name. */
@NullMarked
package io.towpath.sandbox;

import org.jspecify.annotations.NullMarked;
