/** The port that rewrites sample sheets by parsed cell. */
@NullMarked
package io.towpath.workflows.samplesheet;

import org.jspecify.annotations.NullMarked;
