/**
 * The port to Seqera Platform (Nextflow Tower): resolve, launch once, wait, collect evidence,
 * cancel.
 */
@NullMarked
package io.towpath.workflows.tower;

import org.jspecify.annotations.NullMarked;
