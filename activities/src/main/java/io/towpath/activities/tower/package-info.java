/** The Seqera Platform (Nextflow Tower) adapter. */
@NullMarked
package io.towpath.activities.tower;

import org.jspecify.annotations.NullMarked;
