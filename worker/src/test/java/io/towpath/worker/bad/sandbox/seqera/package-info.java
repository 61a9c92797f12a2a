/** Stands for the package of the same name. */
@NullMarked
package io.towpath.worker.bad.sandbox.seqera;

import org.jspecify.annotations.NullMarked;
