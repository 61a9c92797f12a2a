/** Tests of the package of the same name. */
@NullMarked
package io.towpath.worker.settings;

import org.jspecify.annotations.NullMarked;
