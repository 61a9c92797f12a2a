/** Tests of the platforms' common HTTP face. */
@NullMarked
package io.towpath.sandbox.http;

import org.jspecify.annotations.NullMarked;
