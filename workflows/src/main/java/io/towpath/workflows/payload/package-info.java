/** Encryption of what Temporal stores: keys by id, and the codec that uses them. */
@NullMarked
package io.towpath.workflows.payload;

import org.jspecify.annotations.NullMarked;
