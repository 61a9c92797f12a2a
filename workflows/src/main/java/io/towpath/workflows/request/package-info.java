/** Reads requests strictly: every field named, every problem at once, with its JSON path. */
@NullMarked
package io.towpath.workflows.request;

import org.jspecify.annotations.NullMarked;
