/** The Seven Bridges stand-in against its contract. */
@NullMarked
package io.towpath.sandbox.sevenbridges;

import org.jspecify.annotations.NullMarked;
