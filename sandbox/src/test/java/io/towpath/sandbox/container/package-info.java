/** Tests of the container engine stand-in. */
@NullMarked
package io.towpath.sandbox.container;

import org.jspecify.annotations.NullMarked;
