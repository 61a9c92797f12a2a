/** The demo seed. */
@NullMarked
package io.towpath.sandbox.seed;

import org.jspecify.annotations.NullMarked;
