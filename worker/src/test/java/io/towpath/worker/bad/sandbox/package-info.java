/** Stands for the sandbox. */
@NullMarked
package io.towpath.worker.bad.sandbox;

import org.jspecify.annotations.NullMarked;
