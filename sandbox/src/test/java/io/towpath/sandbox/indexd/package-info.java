/** Tests of the indexd stand-in. */
@NullMarked
package io.towpath.sandbox.indexd;

import org.jspecify.annotations.NullMarked;
