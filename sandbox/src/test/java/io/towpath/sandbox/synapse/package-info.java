/** The Synapse stand-in over real HTTP. */
@NullMarked
package io.towpath.sandbox.synapse;

import org.jspecify.annotations.NullMarked;
