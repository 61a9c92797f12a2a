/** Who must act next when something fails. */
@NullMarked
package io.towpath.workflows.failure;

import org.jspecify.annotations.NullMarked;
