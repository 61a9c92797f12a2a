/** Tests of the package of the same name. */
@NullMarked
package io.towpath.starter.screen;

import org.jspecify.annotations.NullMarked;
