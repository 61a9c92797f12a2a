/**
 * The port through which a run under a foreign id waits for the run that holds the business key.
 */
@NullMarked
package io.towpath.workflows.holder;

import org.jspecify.annotations.NullMarked;
