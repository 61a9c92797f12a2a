/** The way to Temporal: connection, the short workflows on the worker, runs and their ends. */
@NullMarked
package io.towpath.starter.temporal;

import org.jspecify.annotations.NullMarked;
