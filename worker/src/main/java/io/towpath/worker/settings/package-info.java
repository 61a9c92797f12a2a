/** Reads what the worker is told: its environment, and files that this or a home folder names. */
@NullMarked
package io.towpath.worker.settings;

import org.jspecify.annotations.NullMarked;
