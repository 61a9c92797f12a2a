/** One look for all runs of a workspace, instead of one for each run that waits. */
@NullMarked
package io.towpath.workflows.watcher;

import org.jspecify.annotations.NullMarked;
