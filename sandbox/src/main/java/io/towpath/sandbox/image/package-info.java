/** Images without an engine: archives, layers, and processes that run in an unpacked image. */
@NullMarked
package io.towpath.sandbox.image;

import org.jspecify.annotations.NullMarked;
