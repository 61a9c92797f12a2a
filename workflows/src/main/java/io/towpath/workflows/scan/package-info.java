/** The scan: finds manifests in a Synapse folder and starts one round trip for each new one. */
@NullMarked
package io.towpath.workflows.scan;

import org.jspecify.annotations.NullMarked;
