/** The round trip: Synapse to S3, a Nextflow run on Seqera Platform, outputs back to Synapse. */
@NullMarked
package io.towpath.workflows.roundtrip;

import org.jspecify.annotations.NullMarked;
