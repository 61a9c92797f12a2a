/** Tests of the DRS stand-in. */
@NullMarked
package io.towpath.sandbox.drs;

import org.jspecify.annotations.NullMarked;
