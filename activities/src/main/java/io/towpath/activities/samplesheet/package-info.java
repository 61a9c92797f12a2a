/** Parses and rewrites sample sheets by cell. */
@NullMarked
package io.towpath.activities.samplesheet;

import org.jspecify.annotations.NullMarked;
