/** Stands for the package of the same name. */
@NullMarked
package io.towpath.worker.bad.sandbox.s3;

import org.jspecify.annotations.NullMarked;
