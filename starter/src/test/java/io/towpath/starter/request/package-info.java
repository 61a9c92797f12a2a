/** Tests of the package of the same name. */
@NullMarked
package io.towpath.starter.request;

import org.jspecify.annotations.NullMarked;
