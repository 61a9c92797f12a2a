/** Stands for the package of the same name. */
@NullMarked
package io.towpath.workflows.bad.progress;

import org.jspecify.annotations.NullMarked;
