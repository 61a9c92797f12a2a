/** Stands for the package of the same name. */
@NullMarked
package io.towpath.workflows.bad.roundtrip;

import org.jspecify.annotations.NullMarked;
