/** The ETL that runs a release's steps as containers, checks what they left, and promotes it. */
@NullMarked
package io.towpath.workflows.release;

import org.jspecify.annotations.NullMarked;
