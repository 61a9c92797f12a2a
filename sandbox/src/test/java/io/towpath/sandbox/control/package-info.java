/** Tests of the control port. */
@NullMarked
package io.towpath.sandbox.control;

import org.jspecify.annotations.NullMarked;
