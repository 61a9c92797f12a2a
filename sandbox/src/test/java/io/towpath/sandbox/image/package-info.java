/** Tests of images and archives. */
@NullMarked
package io.towpath.sandbox.image;

import org.jspecify.annotations.NullMarked;
