/**
 * Turns a sample sheet into files to import and tasks to run, and their outputs into a manifest.
 */
@NullMarked
package io.towpath.activities.samples;

import org.jspecify.annotations.NullMarked;
