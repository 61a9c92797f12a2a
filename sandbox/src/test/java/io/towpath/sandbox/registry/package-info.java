/** Tests of the registry stand-in. */
@NullMarked
package io.towpath.sandbox.registry;

import org.jspecify.annotations.NullMarked;
