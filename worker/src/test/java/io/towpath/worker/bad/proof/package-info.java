/** A checker that believes what it checks. */
@NullMarked
package io.towpath.worker.bad.proof;

import org.jspecify.annotations.NullMarked;
