/** The Seqera stand-in over real HTTP. */
@NullMarked
package io.towpath.sandbox.seqera;

import org.jspecify.annotations.NullMarked;
