/** The port to Synapse: manifests in, indexed outputs with provenance back. */
@NullMarked
package io.towpath.workflows.synapse;

import org.jspecify.annotations.NullMarked;
