/** The port that turns a sample sheet into files to import and tasks to run. */
@NullMarked
package io.towpath.workflows.samples;

import org.jspecify.annotations.NullMarked;
