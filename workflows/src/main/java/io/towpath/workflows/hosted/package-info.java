/** What this build can run: the one place that sees all ETLs. */
@NullMarked
package io.towpath.workflows.hosted;

import org.jspecify.annotations.NullMarked;
