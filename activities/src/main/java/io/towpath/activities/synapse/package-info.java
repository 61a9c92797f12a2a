/** The Synapse adapter. */
@NullMarked
package io.towpath.activities.synapse;

import org.jspecify.annotations.NullMarked;
