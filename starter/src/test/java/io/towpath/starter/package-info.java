/** Tests of the package of the same name. */
@NullMarked
package io.towpath.starter;

import org.jspecify.annotations.NullMarked;
