/** Tests of the package of the same name. */
@NullMarked
package io.towpath.starter.kind;

import org.jspecify.annotations.NullMarked;
